package dev.storyline.contexts.orders;

import dev.storyline.kernel.EventType;

/** What is recorded of one payment, in the stream of its reference. */
public sealed interface PaymentEvent extends OrdersEvent {
    /** The payment belongs to this order and to no other. */
    @EventType("PaymentReceived")
    record PaymentReceived(PaymentReference reference, OrderId orderId) implements PaymentEvent {}
}
