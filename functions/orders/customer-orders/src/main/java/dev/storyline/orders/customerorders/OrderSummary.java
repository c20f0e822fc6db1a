package dev.storyline.orders.customerorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.RowKey;
import java.time.Instant;

/**
 * An order among those of a customer.
 *
 * @param orderId the order
 * @param state as the order itself shows it
 * @param placedAt when it was placed
 * @param pieces the pieces that it wants
 * @param gross what is to be paid
 */
public record OrderSummary(OrderId orderId, String state, Instant placedAt, long pieces, Money gross) {
    /** The orders of one customer stand together. */
    static String partition(CustomerId customer) {
        return "customer#" + customer.value();
    }

    RowKey key(CustomerId customer) {
        return new RowKey(partition(customer), Orders.latestFirst(placedAt) + "#" + orderId.value());
    }
}
