package dev.storyline.catalogue.renameproduct;

import dev.storyline.contexts.catalogue.ProductId;

/**
 * A product gets another name.
 *
 * @param productId the product, from the path
 * @param name the new name
 */
public record RenameProduct(ProductId productId, String name) {}
