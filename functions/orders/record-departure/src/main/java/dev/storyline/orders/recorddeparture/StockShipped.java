package dev.storyline.orders.recorddeparture;

import dev.storyline.contexts.orders.OrderId;

/**
 * The fields that this slice reads of the public event of the context inventory.
 *
 * @param orderId the order
 */
record StockShipped(OrderId orderId) {
    static final String TYPE = "inventory.StockShipped.v1";
}
