package dev.storyline.inventory.shipstock;

import dev.storyline.contexts.inventory.OrderId;

/**
 * The products of an order leave the warehouse.
 *
 * @param orderId the order
 */
public record ShipStock(OrderId orderId) {}
