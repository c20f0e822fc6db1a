package dev.storyline.accounting.postorders;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.OrderId;
import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the context orders.
 *
 * @param orderId the order
 * @param customerId the customer
 * @param reference names the refund
 * @param amount what went back
 * @param at when it happened
 */
record OrderRefunded(OrderId orderId, CustomerId customerId, String reference, Money amount, Instant at) {
    static final String TYPE = "orders.OrderRefunded.v1";
}
