package dev.storyline.inventory.setreorderlevel;

import dev.storyline.contexts.inventory.ProductId;

/**
 * The warehouse says below which quantity a product is low in stock.
 *
 * @param productId the product, from the path
 * @param quantity the level; 0 for none
 */
public record SetReorderLevel(ProductId productId, long quantity) {}
