package dev.storyline.inventory.reservestock;

import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.contexts.inventory.StockLine;
import java.util.List;

/**
 * An order wants quantities of products, all of them or none.
 *
 * @param orderId the order
 * @param lines 90 at most; several may name one product
 */
public record ReserveStock(OrderId orderId, List<StockLine> lines) {}
