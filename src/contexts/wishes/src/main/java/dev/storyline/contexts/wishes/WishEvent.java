package dev.storyline.contexts.wishes;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** The events of wishes. */
public sealed interface WishEvent extends ChildEvent {
    /** The wish. */
    WishId wishId();

    /** The wish is open: present logistics will deliver it. */
    @EventType("WishApproved")
    record WishApproved(WishId wishId, ChildId childId, String wish) implements WishEvent {}

    /** The wish was turned down; a naughty one bans the child for a minute from then. */
    @EventType("WishRejected")
    record WishRejected(WishId wishId, ChildId childId, String wish, String reason, Instant at) implements WishEvent {
        /** The wish itself was naughty. */
        public static final String NAUGHTY_WISH = "naughty-wish";

        /** The child was on the naughty list. */
        public static final String CHILD_ON_NAUGHTY_LIST = "child-on-naughty-list";

        /** The child had as many open wishes as a child may have. */
        public static final String TOO_MANY_WISHES = "too-many-wishes";

        /** The time for which a naughty wish bans the child, so that the other system has time to list it. */
        private static final long BAN_SECONDS = 60;

        /** The end of the ban; {@link Instant#MIN} if the wish was not naughty. */
        public Instant bannedUntil() {
            return reason.equals(NAUGHTY_WISH) ? at.plusSeconds(BAN_SECONDS) : Instant.MIN;
        }
    }

    /** The wish is no longer wanted or no longer deserved. */
    @EventType("WishCancelled")
    record WishCancelled(WishId wishId, ChildId childId) implements WishEvent {}

    /** The present was delivered. */
    @EventType("WishFulfilled")
    record WishFulfilled(WishId wishId, ChildId childId) implements WishEvent {}

    /** The present was delivered although the wish had been cancelled: the cancellation came too late to stop it. */
    @EventType("PresentDeliveredInVain")
    record PresentDeliveredInVain(WishId wishId, ChildId childId) implements WishEvent {}
}
