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
 * @param returnId the number of the return
 * @param tax the tax in it
 * @param gross what came back, with tax
 * @param at when it happened
 */
record OrderReturned(OrderId orderId, CustomerId customerId, int returnId, Money tax, Money gross, Instant at) {
    static final String TYPE = "orders.OrderReturned.v1";
}
