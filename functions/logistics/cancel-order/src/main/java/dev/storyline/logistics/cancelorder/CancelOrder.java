package dev.storyline.logistics.cancelorder;

import dev.storyline.contexts.logistics.WishId;

/**
 * A present shall no longer be delivered.
 *
 * @param wishId the wish that was cancelled
 */
public record CancelOrder(WishId wishId) {}
