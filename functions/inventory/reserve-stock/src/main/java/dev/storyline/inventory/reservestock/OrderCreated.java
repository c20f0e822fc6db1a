package dev.storyline.inventory.reservestock;

import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.contexts.inventory.StockLine;
import java.util.List;

/**
 * The fields that this slice reads of the public event of the context orders.
 *
 * @param orderId the order
 * @param lines what it wants, 90 lines at most
 */
record OrderCreated(OrderId orderId, List<StockLine> lines) {
    static final String TYPE = "orders.OrderCreated.v1";
}
