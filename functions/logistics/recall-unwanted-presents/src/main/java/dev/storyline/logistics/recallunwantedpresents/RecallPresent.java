package dev.storyline.logistics.recallunwantedpresents;

import dev.storyline.contexts.logistics.WishId;

/**
 * The command as the inner door of recall-present reads it.
 *
 * @param wishId which order's present shall come back
 */
record RecallPresent(WishId wishId) {}
