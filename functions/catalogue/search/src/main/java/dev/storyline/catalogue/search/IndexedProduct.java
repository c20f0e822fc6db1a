package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.PlannedPrice;
import dev.storyline.contexts.catalogue.Prices;
import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductId;
import java.time.Instant;

/**
 * A product as the index knows it. Its entries in the index follow from it alone, so what a change has to take out is
 * known without a look into the index.
 */
record IndexedProduct(
        ProductId productId, String name, String description, String category, String language, Prices prices) {
    static IndexedProduct of(ProductDescribed described) {
        return new IndexedProduct(
                described.productId(),
                described.name(),
                described.description(),
                described.category(),
                described.language(),
                Prices.of(described.price()));
    }

    IndexedProduct named(String other) {
        return new IndexedProduct(productId, other, description, category, language, prices);
    }

    /** The same product with one more price, and without the prices that were over when it was recorded. */
    IndexedProduct priced(PlannedPrice price, Instant at) {
        return new IndexedProduct(
                productId,
                name,
                description,
                category,
                language,
                prices.with(price).since(at));
    }

    FoundProduct found() {
        return new FoundProduct(productId, name, category, prices);
    }
}
