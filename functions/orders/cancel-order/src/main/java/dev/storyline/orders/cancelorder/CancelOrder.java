package dev.storyline.orders.cancelorder;

import dev.storyline.contexts.orders.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * An order is not wanted any more.
 *
 * @param orderId the order
 * @param reason why
 * @param asking the customer who asks; null if the order may be anybody's
 */
public record CancelOrder(
        OrderId orderId, String reason, @Nullable String asking) {}
