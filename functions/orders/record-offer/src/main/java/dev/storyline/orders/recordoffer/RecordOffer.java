package dev.storyline.orders.recordoffer;

import dev.storyline.contexts.orders.ProductId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A product may be bought.
 *
 * @param productId the product
 * @param name its name
 * @param taxRate the tax as a fraction of the net amount
 * @param price of one piece, without tax, from {@code at} on
 * @param at when the catalogue said so
 */
public record RecordOffer(ProductId productId, String name, BigDecimal taxRate, Money price, Instant at) {}
