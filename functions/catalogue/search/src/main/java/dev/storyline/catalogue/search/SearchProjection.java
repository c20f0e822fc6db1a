package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.PlannedPrice;
import dev.storyline.contexts.catalogue.ProductEvent;
import dev.storyline.contexts.catalogue.ProductEvent.PriceChanged;
import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRenamed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRetired;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index: a row for each term of each product, and totals for the words of names and for the whole collection.
 * A new analyser needs a new version and a rebuild, because the entries of a product are computed anew to take them out.
 */
final class SearchProjection implements Projection<SearchProjection.State, ProductEvent> {
    /** The product; null before it is described, and after it is retired. */
    record State(@Nullable IndexedProduct product) {}

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Class<ProductEvent> folds() {
        return ProductEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public Step<State> step(State state, Recorded<ProductEvent> event) {
        IndexedProduct before = state.product();
        return switch (event.event()) {
            case ProductDescribed described -> indexed(before, IndexedProduct.of(described));
            case ProductRenamed renamed ->
                before == null ? Step.to(state) : indexed(before, before.named(renamed.name()));
            case PriceChanged changed ->
                before == null
                        ? Step.to(state)
                        : shown(before.priced(new PlannedPrice(changed.price(), changed.from()), event.at()));
            case ProductRetired _ ->
                before == null
                        ? Step.to(state)
                        : IndexEntries.of(before)
                                .changes(IndexEntries.none(before.productId()), Step.to(new State(null)));
        };
    }

    private static Step<State> indexed(@Nullable IndexedProduct before, IndexedProduct product) {
        IndexEntries old = before == null ? IndexEntries.none(product.productId()) : IndexEntries.of(before);
        return old.changes(IndexEntries.of(product), shown(product));
    }

    private static Step<State> shown(IndexedProduct product) {
        return Step.to(new State(product)).putOwn(product.found());
    }
}
