package dev.storyline.inventory.adjuststock;

import dev.storyline.contexts.inventory.ProductId;

/**
 * A count finds more or fewer pieces than are on record.
 *
 * @param productId the product, from the path
 * @param quantity the difference; negative if pieces are missing
 * @param reason why, in the words of the warehouse
 */
public record AdjustStock(ProductId productId, long quantity, String reason) {}
