package dev.storyline.logistics.recallpresent;

import dev.storyline.contexts.logistics.WishId;

/**
 * A delivered present shall come back.
 *
 * @param wishId which order's
 */
public record RecallPresent(WishId wishId) {}
