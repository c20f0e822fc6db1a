package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.WishId;

/**
 * The request of a client.
 *
 * @param wishId the wish, from the path
 */
public record FulfilWishRequest(WishId wishId) {}
