package dev.storyline.contexts.logistics;

import dev.storyline.kernel.EventType;

/** What happens to the order of a present. */
public sealed interface OrderEvent {
    /** Which wish the order is for. */
    WishId wishId();

    /** The present shall be delivered. */
    @EventType("PresentOrdered")
    record PresentOrdered(WishId wishId, ChildId childId, String present) implements OrderEvent {}

    /** The present shall not be delivered; said before the order came or before the delivery. */
    @EventType("OrderCancelled")
    record OrderCancelled(WishId wishId) implements OrderEvent {}

    /** The present is where it belongs. */
    @EventType("PresentDelivered")
    record PresentDelivered(WishId wishId, ChildId childId) implements OrderEvent {}

    /** The wish was cancelled after its present was delivered. */
    @EventType("OrderCancelledTooLate")
    record OrderCancelledTooLate(WishId wishId) implements OrderEvent {}

    /** The delivered present that nobody wants any more is called back. */
    @EventType("PresentRecalled")
    record PresentRecalled(WishId wishId) implements OrderEvent {}
}
