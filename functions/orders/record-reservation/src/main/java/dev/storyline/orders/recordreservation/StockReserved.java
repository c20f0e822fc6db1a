package dev.storyline.orders.recordreservation;

import dev.storyline.contexts.orders.OrderId;

/**
 * The fields that this slice reads of the public event of the context inventory.
 *
 * @param orderId the order
 */
record StockReserved(OrderId orderId) {
    static final String TYPE = "inventory.StockReserved.v1";
}
