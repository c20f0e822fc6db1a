package dev.storyline.inventory.productstock;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.ProductId;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param productId the product, from the path
 */
record ProductStockQuery(ProductId productId) {
    /** The view, or null if there is nothing to show. */
    @Nullable
    Stock answer(View view) {
        return view.head(Inventory.stream(productId)).own(Stock.class);
    }
}
