package dev.storyline.inventory.returnstock;

import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.contexts.inventory.StockLine;
import java.util.List;

/**
 * Products of an order come back to the warehouse.
 *
 * @param orderId the order
 * @param lines what comes back, 90 lines at most; several may name one product
 */
public record ReturnStock(OrderId orderId, List<StockLine> lines) {}
