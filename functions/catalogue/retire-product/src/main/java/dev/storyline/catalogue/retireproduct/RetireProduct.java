package dev.storyline.catalogue.retireproduct;

import dev.storyline.contexts.catalogue.ProductId;

/**
 * A product leaves the catalogue.
 *
 * @param productId the product, from the path
 */
public record RetireProduct(ProductId productId) {}
