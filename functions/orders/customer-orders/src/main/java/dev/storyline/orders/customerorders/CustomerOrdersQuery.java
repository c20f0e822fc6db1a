package dev.storyline.orders.customerorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param customerId the customer, from the path
 * @param after the {@code next} of the page before; null for the first page
 */
record CustomerOrdersQuery(CustomerId customerId, @Nullable String after) {
    /** A page of the list, or null for a customer without orders. */
    @Nullable
    CustomerOrders answer(View view) {
        RowPage<OrderSummary> page = view.rows(
                OrderSummary.partition(customerId), Objects.requireNonNullElse(after, ""), OrderSummary.class);
        return after == null && page.rows().isEmpty() ? null : new CustomerOrders(customerId, page.rows(), page.next());
    }
}
