package dev.storyline.inventory.publishreservations;

import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.contexts.inventory.StockLine;
import dev.storyline.kernel.EventType;
import java.time.Instant;
import java.util.List;

/**
 * Something of an order came back. A public event of the context inventory; its contract is in the context's folder.
 *
 * @param orderId the order
 * @param lines what came back, one line for each product, 90 at most
 * @param at the time at which it was recorded
 */
@EventType("StockReturned")
record StockReturned(OrderId orderId, List<StockLine> lines, Instant at) {}
