package dev.storyline.contexts.logistics;

import dev.storyline.kernel.EventType;

/** The events of the order of a present. */
public sealed interface OrderEvent {
    /** The wish that the order fulfils. */
    WishId wishId();

    /** The present is ordered. */
    @EventType("PresentOrdered")
    record PresentOrdered(WishId wishId, ChildId childId, String present) implements OrderEvent {}

    /** The order is cancelled, before it came or before the delivery. */
    @EventType("OrderCancelled")
    record OrderCancelled(WishId wishId) implements OrderEvent {}

    /** The present is delivered. */
    @EventType("PresentDelivered")
    record PresentDelivered(WishId wishId, ChildId childId) implements OrderEvent {}

    /** The wish was cancelled after its present was delivered. */
    @EventType("OrderCancelledTooLate")
    record OrderCancelledTooLate(WishId wishId) implements OrderEvent {}

    /** The delivered present is recalled, because its wish was cancelled. */
    @EventType("PresentRecalled")
    record PresentRecalled(WishId wishId) implements OrderEvent {}
}
