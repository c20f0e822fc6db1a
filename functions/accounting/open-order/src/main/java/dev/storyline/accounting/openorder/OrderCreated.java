package dev.storyline.accounting.openorder;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.OrderId;
import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the context orders.
 *
 * @param orderId the order
 * @param customerId the customer who placed it
 * @param gross what it costs with tax
 * @param at when it was placed
 */
record OrderCreated(OrderId orderId, CustomerId customerId, Money gross, Instant at) {
    static final String TYPE = "orders.OrderCreated.v1";
}
