package dev.storyline.logistics.orderpresent;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.WishId;

/**
 * What we read of the public event of the wishes context.
 *
 * @param wishId which wish shall be fulfilled
 * @param childId whose
 * @param wish what for
 */
record WishApproved(WishId wishId, ChildId childId, String wish) {
    static final String TYPE = "wishes.WishApproved.v1";
}
