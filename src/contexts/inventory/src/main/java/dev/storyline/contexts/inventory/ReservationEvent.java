package dev.storyline.contexts.inventory;

import dev.storyline.kernel.EventType;
import java.util.List;

/** Everything that is recorded in the stream of one order's reservation. */
public sealed interface ReservationEvent extends InventoryEvent {
    /** The order. */
    OrderId orderId();

    /**
     * Everything that the order wants is set aside for it.
     *
     * @param lines one for each product, or for each bin of a product that pieces are taken from, 99 at most
     */
    @EventType("StockReserved")
    record StockReserved(OrderId orderId, List<ReservedLine> lines) implements ReservationEvent {}

    /**
     * Something that the order wants is missing, so nothing is set aside for it.
     *
     * @param missing products of which less was available
     */
    @EventType("StockNotReserved")
    record StockNotReserved(OrderId orderId, List<MissingStock> missing) implements ReservationEvent {}

    /** Nothing is set aside for the order, now and from now on. */
    @EventType("StockReleased")
    record StockReleased(OrderId orderId) implements ReservationEvent {}

    /** Everything that was set aside for the order has left the warehouse. */
    @EventType("StockShipped")
    record StockShipped(OrderId orderId) implements ReservationEvent {}

    /**
     * Something of the order came back.
     *
     * @param lines one for each product
     */
    @EventType("StockReturned")
    record StockReturned(OrderId orderId, List<StockLine> lines) implements ReservationEvent {}
}
