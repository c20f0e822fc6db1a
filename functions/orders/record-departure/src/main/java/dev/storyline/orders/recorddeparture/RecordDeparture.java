package dev.storyline.orders.recorddeparture;

import dev.storyline.contexts.orders.OrderId;

/**
 * The goods of an order have left the warehouse.
 *
 * @param orderId the order
 */
public record RecordDeparture(OrderId orderId) {}
