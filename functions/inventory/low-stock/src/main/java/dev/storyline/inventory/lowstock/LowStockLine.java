package dev.storyline.inventory.lowstock;

import dev.storyline.contexts.inventory.ProductId;
import dev.storyline.kernel.RowKey;

/**
 * A product of which less is available than its reorder level: a row of the list.
 *
 * @param productId the product
 * @param available the pieces that an order may still have
 * @param reorderLevel the level below which the product is low in stock
 */
public record LowStockLine(ProductId productId, long available, long reorderLevel) {
    /** The list is short, so all its rows stand together, in the order of the products. */
    static final String PARTITION = "low-stock";

    /** The key of the row of a product. */
    static RowKey key(ProductId product) {
        return new RowKey(PARTITION, product.value());
    }
}
