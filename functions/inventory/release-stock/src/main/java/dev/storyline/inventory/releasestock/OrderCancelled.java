package dev.storyline.inventory.releasestock;

import dev.storyline.contexts.inventory.OrderId;

/**
 * The fields that this slice reads of the public event of the context orders.
 *
 * @param orderId the order
 */
record OrderCancelled(OrderId orderId) {
    static final String TYPE = "orders.OrderCancelled.v1";
}
