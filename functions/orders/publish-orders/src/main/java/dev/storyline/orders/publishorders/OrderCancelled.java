package dev.storyline.orders.publishorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * An order will not be shipped. A public event of the context orders; its contract is in the context's folder.
 *
 * @param orderId the order
 * @param customerId whose it is
 * @param reason {@code not-paid}, {@code out-of-stock}, or what a person said
 * @param at the time at which it was recorded
 */
@EventType("OrderCancelled")
record OrderCancelled(OrderId orderId, CustomerId customerId, String reason, Instant at) {}
