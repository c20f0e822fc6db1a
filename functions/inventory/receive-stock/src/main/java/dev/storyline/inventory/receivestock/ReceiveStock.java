package dev.storyline.inventory.receivestock;

import dev.storyline.contexts.inventory.ProductId;

/**
 * Goods come in.
 *
 * @param productId the product, from the path
 * @param quantity the number of pieces
 */
public record ReceiveStock(ProductId productId, long quantity) {}
