package dev.storyline.orders.recordretirement;

import dev.storyline.contexts.orders.ProductId;
import java.time.Instant;

/**
 * A product may be bought no more.
 *
 * @param productId the product
 * @param at when the catalogue said so
 */
public record RecordRetirement(ProductId productId, Instant at) {}
