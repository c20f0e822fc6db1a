package dev.storyline.orders.cancelorder;

import dev.storyline.contexts.orders.OrderId;

/**
 * The request of a client.
 *
 * @param orderId the order, from the path
 * @param reason why, 200 characters at most
 */
public record CancelOrderRequest(OrderId orderId, String reason) {}
