package dev.storyline.orders.customerorders;

import dev.storyline.contexts.orders.CustomerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The orders of one customer.
 *
 * @param customerId the customer
 * @param orders the latest first
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record CustomerOrders(
        CustomerId customerId,
        List<OrderSummary> orders,
        @Nullable String next) {}
