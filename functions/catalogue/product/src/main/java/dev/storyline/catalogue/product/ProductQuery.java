package dev.storyline.catalogue.product;

import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.projections.View;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param productId the product, from the path
 */
record ProductQuery(ProductId productId) {
    /** The product with its price of now, or null if there is none. */
    @Nullable
    Product answer(View view, Clock clock) {
        KnownProduct known = view.head(Catalogue.stream(productId)).own(KnownProduct.class);
        return known == null ? null : known.at(clock.instant());
    }
}
