package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;

/**
 * What we read of the public event of present logistics.
 *
 * @param wishId which wish the present was for
 * @param childId who got it
 */
record PresentDelivered(WishId wishId, ChildId childId) {
    static final String TYPE = "logistics.PresentDelivered.v1";
}
