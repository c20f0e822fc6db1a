package dev.storyline.orders.recordmissingstock;

import dev.storyline.contexts.orders.MissingProduct;
import dev.storyline.contexts.orders.OrderId;
import java.util.List;

/**
 * The stock of an order is missing.
 *
 * @param orderId the order
 * @param missing the products of which less was available
 */
public record RecordMissingStock(OrderId orderId, List<MissingProduct> missing) {}
