package dev.storyline.logistics.orderpresent;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.WishId;

/**
 * The fields that this slice reads of the public event of the wishes context.
 *
 * @param wishId the wish to fulfil
 * @param childId the child
 * @param wish the text of the wish
 */
record WishApproved(WishId wishId, ChildId childId, String wish) {
    static final String TYPE = "wishes.WishApproved.v1";
}
