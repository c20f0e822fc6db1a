package dev.storyline.logistics.cancelorder;

import dev.storyline.contexts.logistics.WishId;

/**
 * The fields that this slice reads of the public event of the wishes context.
 *
 * @param wishId which wish shall no longer be fulfilled
 */
record WishCancelled(WishId wishId) {
    static final String TYPE = "wishes.WishCancelled.v1";
}
