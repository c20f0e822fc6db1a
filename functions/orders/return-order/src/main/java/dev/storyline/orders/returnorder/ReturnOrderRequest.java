package dev.storyline.orders.returnorder;

import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.OrderedProduct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client.
 *
 * @param orderId the order, from the path
 * @param lines what comes back, 90 lines at most; null for everything that has not come back yet
 * @param reason why, 200 characters at most
 */
public record ReturnOrderRequest(OrderId orderId, @Nullable List<OrderedProduct> lines, String reason) {}
