package dev.storyline.orders.publishorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * Money has gone back to the customer. A public event of the context orders; its contract is in the context's folder.
 *
 * @param orderId the order
 * @param customerId whose it is
 * @param reference names the refund, 115 characters at most
 * @param amount what went back
 * @param reason {@code cancelled} or {@code returned}
 * @param at the time at which it was recorded
 */
@EventType("OrderRefunded")
record OrderRefunded(
        OrderId orderId, CustomerId customerId, String reference, Money amount, String reason, Instant at) {}
