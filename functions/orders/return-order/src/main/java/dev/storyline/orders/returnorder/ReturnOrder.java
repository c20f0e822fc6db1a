package dev.storyline.orders.returnorder;

import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.OrderedProduct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shipped goods come back.
 *
 * @param orderId the order
 * @param lines what comes back; null for everything that has not come back yet
 * @param reason why
 * @param asking the customer who asks; null if the order may be anybody's
 */
public record ReturnOrder(
        OrderId orderId,
        @Nullable List<OrderedProduct> lines,
        String reason,
        @Nullable String asking) {}
