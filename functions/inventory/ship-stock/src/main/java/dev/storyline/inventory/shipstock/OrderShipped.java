package dev.storyline.inventory.shipstock;

import dev.storyline.contexts.inventory.OrderId;

/**
 * The fields that this slice reads of the public event of the context orders.
 *
 * @param orderId the order
 */
record OrderShipped(OrderId orderId) {
    static final String TYPE = "orders.OrderShipped.v1";
}
