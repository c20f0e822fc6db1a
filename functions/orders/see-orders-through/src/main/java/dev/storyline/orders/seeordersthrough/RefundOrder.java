package dev.storyline.orders.seeordersthrough;

import dev.storyline.contexts.orders.OrderId;

/**
 * The command to refund what is due under a reference.
 *
 * @param orderId the order
 * @param reference names the refund
 */
record RefundOrder(OrderId orderId, String reference) {}
