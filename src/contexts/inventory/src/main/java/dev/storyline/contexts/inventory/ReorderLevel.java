package dev.storyline.contexts.inventory;

import dev.storyline.kernel.EventType;

/** The quantity below which a product is low in stock. */
public sealed interface ReorderLevel extends ProductEvent {
    /**
     * The product is low in stock as soon as less than this is available.
     *
     * @param quantity the level; 0 for none
     */
    @EventType("ReorderLevelSet")
    record ReorderLevelSet(ProductId productId, long quantity) implements ReorderLevel {}
}
