package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;

/**
 * The fields that this slice reads of the public event of present logistics.
 *
 * @param wishId the wish that the present fulfils
 * @param childId the child
 */
record PresentDelivered(WishId wishId, ChildId childId) {
    static final String TYPE = "logistics.PresentDelivered.v1";
}
