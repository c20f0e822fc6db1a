package dev.storyline.contexts.inventory;

import dev.storyline.kernel.EventType;

/** Pieces of a product come, go, or are set aside. */
public sealed interface StockEvent extends ProductEvent {
    /** Goods have come in. */
    @EventType("StockReceived")
    record StockReceived(ProductId productId, long quantity) implements StockEvent {}

    /**
     * A count found more or fewer pieces than were on record.
     *
     * @param quantity the difference; negative if pieces are missing
     */
    @EventType("StockAdjusted")
    record StockAdjusted(ProductId productId, long quantity, String reason) implements StockEvent {}

    /** Pieces are set aside for an order. They stay on hand. */
    @EventType("PiecesReserved")
    record PiecesReserved(ProductId productId, OrderId orderId, long quantity) implements StockEvent {}

    /** The pieces that were set aside for an order are available again. */
    @EventType("PiecesReleased")
    record PiecesReleased(ProductId productId, OrderId orderId, long quantity) implements StockEvent {}

    /** The pieces that were set aside for an order have left the warehouse. */
    @EventType("PiecesShipped")
    record PiecesShipped(ProductId productId, OrderId orderId, long quantity) implements StockEvent {}

    /** Pieces that were shipped for an order are back in the warehouse. */
    @EventType("PiecesReturned")
    record PiecesReturned(ProductId productId, OrderId orderId, long quantity) implements StockEvent {}
}
