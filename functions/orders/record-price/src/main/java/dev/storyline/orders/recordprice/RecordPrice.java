package dev.storyline.orders.recordprice;

import dev.storyline.contexts.orders.ProductId;
import dev.storyline.kernel.Money;
import java.time.Instant;

/**
 * A product has another price from an instant on.
 *
 * @param productId the product
 * @param price of one piece, without tax
 * @param from when the price begins
 * @param at when the catalogue said so
 */
public record RecordPrice(ProductId productId, Money price, Instant from, Instant at) {}
