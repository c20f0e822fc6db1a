package dev.storyline.logistics.deliverpresent;

import dev.storyline.contexts.logistics.WishId;

/**
 * A present was brought. The request is the command already: the id comes from the path.
 *
 * @param wishId which order
 */
public record DeliverPresent(WishId wishId) {}
