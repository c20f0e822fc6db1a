package dev.storyline.orders.openorders;

import dev.storyline.contexts.orders.Address;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.OrderedProduct;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.kernel.RowKey;
import java.time.Instant;
import java.util.List;

/**
 * An order that is paid, has its stock, and is to be shipped.
 *
 * @param orderId the order
 * @param placedAt when it was placed
 * @param lines what is to be packed
 * @param deliveryAddress where it goes
 */
public record OpenOrder(OrderId orderId, Instant placedAt, List<OrderedProduct> lines, Address deliveryAddress) {
    /** All rows stand together, the oldest order first. */
    static final String PARTITION = "open";

    RowKey key() {
        return new RowKey(PARTITION, Orders.sortable(placedAt) + "#" + orderId.value());
    }
}
