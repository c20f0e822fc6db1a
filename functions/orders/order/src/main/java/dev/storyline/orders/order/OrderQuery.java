package dev.storyline.orders.order;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param orderId the order, from the path
 */
record OrderQuery(OrderId orderId) {
    /** The order, or null if there is none. */
    @Nullable
    Order answer(View view) {
        return view.head(Orders.stream(orderId)).own(Order.class);
    }

    /** Whose the order is, or null if there is none. */
    @Nullable
    CustomerId owner(View view) {
        Order order = answer(view);
        return order == null ? null : order.customerId();
    }
}
