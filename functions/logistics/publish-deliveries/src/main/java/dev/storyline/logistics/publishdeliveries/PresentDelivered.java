package dev.storyline.logistics.publishdeliveries;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.kernel.EventType;

/**
 * The public event of present logistics about deliveries. Its contract is in the context's folder.
 *
 * @param wishId the wish that the present fulfils
 * @param childId the child
 */
@EventType("PresentDelivered")
record PresentDelivered(WishId wishId, ChildId childId) {}
