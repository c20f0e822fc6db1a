package dev.storyline.catalogue.product;

import dev.storyline.contexts.catalogue.PlannedPrice;
import dev.storyline.contexts.catalogue.Prices;
import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductId;
import java.math.BigDecimal;
import java.time.Instant;

/** The row of a product: what it is, and all its prices from some time on. */
record KnownProduct(
        ProductId productId,
        String name,
        String description,
        String category,
        String language,
        Prices prices,
        BigDecimal taxRate,
        boolean retired) {
    static KnownProduct of(ProductDescribed described) {
        return new KnownProduct(
                described.productId(),
                described.name(),
                described.description(),
                described.category(),
                described.language(),
                Prices.of(described.price()),
                described.taxRate(),
                false);
    }

    KnownProduct named(String other) {
        return new KnownProduct(productId, other, description, category, language, prices, taxRate, retired);
    }

    /** The same product with one more price, and without the prices that were over when it was recorded. */
    KnownProduct priced(PlannedPrice price, Instant at) {
        Prices next = prices.with(price).since(at);
        return new KnownProduct(productId, name, description, category, language, next, taxRate, retired);
    }

    KnownProduct gone() {
        return new KnownProduct(productId, name, description, category, language, prices, taxRate, true);
    }

    /** The product as it is shown at an instant. */
    Product at(Instant now) {
        return new Product(
                productId, name, description, category, language, prices.at(now), taxRate, prices.after(now), retired);
    }
}
