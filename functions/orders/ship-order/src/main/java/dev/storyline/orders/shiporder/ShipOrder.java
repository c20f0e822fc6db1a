package dev.storyline.orders.shiporder;

import dev.storyline.contexts.orders.OrderId;

/**
 * The warehouse hands an order to a carrier.
 *
 * @param orderId the order, from the path
 * @param carrier the carrier, 100 characters at most
 * @param tracking the number under which the carrier tells where the order is, 100 characters at most
 */
public record ShipOrder(OrderId orderId, String carrier, String tracking) {}
