package dev.storyline.contexts.inventory;

/** Everything that is recorded in the stream of one product. */
public sealed interface ProductEvent extends InventoryEvent permits StockEvent, ReorderLevel {
    /** The product. */
    ProductId productId();

    /** A number of pieces. */
    long quantity();
}
