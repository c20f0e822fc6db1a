package dev.storyline.orders.recordoffer;

import dev.storyline.contexts.orders.ProductId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the context catalogue.
 *
 * @param productId the product
 * @param name its name
 * @param price of one piece, without tax, from {@code at} on
 * @param taxRate the tax as a fraction of the net amount
 * @param at when the catalogue said so
 */
record ProductOffered(ProductId productId, String name, Money price, BigDecimal taxRate, Instant at) {
    static final String TYPE = "catalogue.ProductOffered.v1";
}
