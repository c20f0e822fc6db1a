package dev.storyline.orders.placeorder;

import dev.storyline.contexts.orders.ProductId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.util.List;

/**
 * A product as the gatekeeper saw it offered.
 *
 * @param productId the product
 * @param taxRate the tax as a fraction of the net amount
 * @param prices at which it may be ordered: the one of now, and those that have ended a moment ago
 * @param retired whether it may be bought no more
 */
public record OfferedProduct(ProductId productId, BigDecimal taxRate, List<Money> prices, boolean retired) {}
