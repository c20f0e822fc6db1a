package dev.storyline.orders.recordprice;

import dev.storyline.contexts.orders.ProductId;
import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the context catalogue.
 *
 * @param productId the product
 * @param price of one piece, without tax
 * @param from when the price begins
 * @param at when the catalogue said so
 */
record PriceChanged(ProductId productId, Money price, Instant from, Instant at) {
    static final String TYPE = "catalogue.PriceChanged.v1";
}
