package dev.storyline.logistics.orderpresent;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.WishId;

/**
 * A present shall be delivered.
 *
 * @param wishId the wish it fulfils
 * @param childId the child
 * @param present the present
 */
public record OrderPresent(WishId wishId, ChildId childId, String present) {}
