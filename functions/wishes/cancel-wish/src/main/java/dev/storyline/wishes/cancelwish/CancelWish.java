package dev.storyline.wishes.cancelwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;

/**
 * A child takes a wish back. The request is the command already: both ids come from the path.
 *
 * @param childId the child
 * @param wishId the wish
 */
public record CancelWish(ChildId childId, WishId wishId) {}
