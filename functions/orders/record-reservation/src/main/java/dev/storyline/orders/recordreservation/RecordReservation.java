package dev.storyline.orders.recordreservation;

import dev.storyline.contexts.orders.OrderId;

/**
 * The stock of an order is set aside.
 *
 * @param orderId the order
 */
public record RecordReservation(OrderId orderId) {}
