package dev.storyline.orders.seeordersthrough;

import dev.storyline.contexts.orders.OrderId;
import java.time.Instant;

/**
 * The command to cancel an order that was not paid in time.
 *
 * @param orderId the order
 * @param payBy until when it was to be paid
 */
record CancelUnpaidOrder(OrderId orderId, Instant payBy) {}
