package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.WishId;

/**
 * What a client sends.
 *
 * @param wishId which wish, from the path
 */
public record FulfilWishRequest(WishId wishId) {}
