package dev.storyline.orders.refundorder;

import dev.storyline.contexts.orders.OrderId;

/**
 * Money goes back to the customer.
 *
 * @param orderId the order
 * @param reference names the refund, and with it what is refunded
 */
public record RefundOrder(OrderId orderId, String reference) {}
