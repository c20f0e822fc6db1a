package dev.storyline.logistics.recallunwantedpresents;

import dev.storyline.contexts.logistics.WishId;

/**
 * The command as the internal endpoint of recall-present reads it.
 *
 * @param wishId the order of the present, by the id of its wish
 */
record RecallPresent(WishId wishId) {}
