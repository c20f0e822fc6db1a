package dev.storyline.logistics.deliverpresent;

import dev.storyline.contexts.logistics.WishId;

/**
 * A present was brought. The request is the command already: the id comes from the path.
 *
 * @param wishId the order, by the id of its wish
 */
public record DeliverPresent(WishId wishId) {}
