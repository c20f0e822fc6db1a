package dev.storyline.contexts.inventory;

/**
 * A product of which less is available than an order wants.
 *
 * @param productId the product
 * @param wanted the pieces that the order wants
 * @param available the pieces that were available when it was decided
 */
public record MissingStock(ProductId productId, long wanted, long available) {}
