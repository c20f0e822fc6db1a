package dev.storyline.logistics.orderpresent;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.WishId;

/**
 * A present shall be delivered.
 *
 * @param wishId the wish it fulfils
 * @param childId to whom
 * @param present what
 */
public record OrderPresent(WishId wishId, ChildId childId, String present) {}
