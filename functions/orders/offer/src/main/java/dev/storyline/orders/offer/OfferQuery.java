package dev.storyline.orders.offer;

import dev.storyline.contexts.orders.Offer;
import dev.storyline.contexts.orders.ProductId;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param productId the product, from the path
 */
record OfferQuery(ProductId productId) {
    /** The offer, or null for a product of which nothing was heard. */
    @Nullable
    Offer answer(View view) {
        return view.row(Offer.key(productId), Offer.class);
    }
}
