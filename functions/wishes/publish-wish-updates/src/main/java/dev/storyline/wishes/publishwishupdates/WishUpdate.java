package dev.storyline.wishes.publishwishupdates;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.kernel.EventType;

/** The public events of the wishes context about wishes. Their contracts are in the context's folder. */
sealed interface WishUpdate {
    /** A wish shall be fulfilled. */
    @EventType("WishApproved")
    record WishApproved(WishId wishId, ChildId childId, String wish) implements WishUpdate {}

    /** A wish shall no longer be fulfilled. */
    @EventType("WishCancelled")
    record WishCancelled(WishId wishId, ChildId childId) implements WishUpdate {}
}
