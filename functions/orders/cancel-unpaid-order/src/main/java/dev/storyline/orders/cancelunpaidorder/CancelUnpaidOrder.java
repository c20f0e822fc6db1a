package dev.storyline.orders.cancelunpaidorder;

import dev.storyline.contexts.orders.OrderId;
import java.time.Instant;

/**
 * The time to pay an order is over.
 *
 * @param orderId the order
 * @param payBy until when it was to be paid
 */
public record CancelUnpaidOrder(OrderId orderId, Instant payBy) {}
