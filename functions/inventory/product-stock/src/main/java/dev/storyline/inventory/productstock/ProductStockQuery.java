package dev.storyline.inventory.productstock;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.ProductId;
import dev.storyline.contexts.inventory.StockShards;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param productId the product, from the path
 */
record ProductStockQuery(ProductId productId) {
    /** The view, of a hot product the sum of its bins; null if there is nothing to show. */
    @Nullable
    Stock answer(View view, StockShards shards) {
        return shards.of(productId).stream()
                .map(bin -> view.head(Inventory.stream(bin)).own(Stock.class))
                .filter(Objects::nonNull)
                .reduce(Stock::with)
                .orElse(null);
    }
}
