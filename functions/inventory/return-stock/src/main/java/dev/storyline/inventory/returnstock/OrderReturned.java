package dev.storyline.inventory.returnstock;

import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.contexts.inventory.StockLine;
import java.util.List;

/**
 * The fields that this slice reads of the public event of the context orders.
 *
 * @param orderId the order
 * @param lines what came back, 90 lines at most
 */
record OrderReturned(OrderId orderId, List<StockLine> lines) {
    static final String TYPE = "orders.OrderReturned.v1";
}
