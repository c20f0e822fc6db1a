package dev.storyline.orders.recordretirement;

import dev.storyline.contexts.orders.ProductId;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the context catalogue.
 *
 * @param productId the product
 * @param at when the catalogue said so
 */
record ProductRetired(ProductId productId, Instant at) {
    static final String TYPE = "catalogue.ProductRetired.v1";
}
