package dev.storyline.catalogue.product;

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

/** Each product has one row, its own. */
final class ProductProjection implements Projection<ProductProjection.State, ProductEvent> {
    /** The product so far; null before it is described. */
    record State(@Nullable KnownProduct product) {}

    @Override
    public String name() {
        return "product";
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
        KnownProduct known = state.product();
        KnownProduct next = switch (event.event()) {
            case ProductDescribed described -> KnownProduct.of(described);
            case ProductRenamed renamed -> known == null ? null : known.named(renamed.name());
            case PriceChanged changed ->
                known == null ? null : known.priced(new PlannedPrice(changed.price(), changed.from()), event.at());
            case ProductRetired _ -> known == null ? null : known.gone();
        };
        return next == null ? Step.to(state) : Step.to(new State(next)).putOwn(next);
    }
}
