package dev.storyline.inventory.publishreservations;

import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * Nothing is set aside for an order any more. A public event of the context inventory; its contract is in the
 * context's folder.
 *
 * @param orderId the order
 * @param at the time at which it was recorded
 */
@EventType("StockReleased")
record StockReleased(OrderId orderId, Instant at) {}
