package dev.storyline.inventory.publishreservations;

import dev.storyline.contexts.inventory.MissingStock;
import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.kernel.EventType;
import java.time.Instant;
import java.util.List;

/**
 * Something that an order wants is missing, so nothing is set aside for it. A public event of the context inventory; its
 * contract is in the context's folder.
 *
 * @param orderId the order
 * @param missing one for each product of which less was available, 90 at most
 * @param at the time at which it was recorded
 */
@EventType("StockNotReserved")
record StockNotReserved(OrderId orderId, List<MissingStock> missing, Instant at) {}
