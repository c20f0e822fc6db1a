package dev.storyline.orders.publishorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * Money has come in for an order, also for one that was cancelled. A public event of the context orders; its contract is in the context's folder.
 *
 * @param orderId the order
 * @param customerId whose it is
 * @param reference names the payment, 100 characters at most
 * @param amount what was paid
 * @param at the time at which it was recorded
 */
@EventType("OrderPaid")
record OrderPaid(OrderId orderId, CustomerId customerId, String reference, Money amount, Instant at) {}
