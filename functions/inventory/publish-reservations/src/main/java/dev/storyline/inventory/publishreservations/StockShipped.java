package dev.storyline.inventory.publishreservations;

import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * Everything that an order wanted has left the warehouse. A public event of the context inventory; its contract is in the
 * context's folder.
 *
 * @param orderId the order
 * @param at the time at which it was recorded
 */
@EventType("StockShipped")
record StockShipped(OrderId orderId, Instant at) {}
