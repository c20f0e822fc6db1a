package dev.storyline.orders.recordmissingstock;

import dev.storyline.contexts.orders.MissingProduct;
import dev.storyline.contexts.orders.OrderId;
import java.util.List;

/**
 * The fields that this slice reads of the public event of the context inventory.
 *
 * @param orderId the order
 * @param missing the products of which less was available
 */
record StockNotReserved(OrderId orderId, List<MissingProduct> missing) {
    static final String TYPE = "inventory.StockNotReserved.v1";
}
