package dev.storyline.logistics.publishdeliveries;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.kernel.EventType;

/**
 * What present logistics promises to others about deliveries. The contract is in the context's folder.
 *
 * @param wishId which wish the present was for
 * @param childId who got it
 */
@EventType("PresentDelivered")
record PresentDelivered(WishId wishId, ChildId childId) {}
