package dev.storyline.contexts.orders;

/**
 * A product of which less was available than an order wanted.
 *
 * @param productId the product
 * @param wanted the pieces that the order wanted
 * @param available the pieces that were available
 */
public record MissingProduct(ProductId productId, long wanted, long available) {}
