package dev.storyline.inventory.releasestock;

import dev.storyline.contexts.inventory.OrderId;

/**
 * An order does not want its products any more.
 *
 * @param orderId the order
 */
public record ReleaseStock(OrderId orderId) {}
