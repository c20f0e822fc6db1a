package dev.storyline.catalogue.retireproduct;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.catalogue.ProductEvent;
import dev.storyline.contexts.catalogue.ProductEvent.PriceChanged;
import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRenamed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRetired;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** Takes a product out of the catalogue, once. */
final class RetireProductDecider implements Decider<RetireProduct, RetireProductDecider.State, ProductEvent> {
    static final Rule PRODUCT_NOT_FOUND = Rule.unknown("product-not-found", "There is no product with this id.");

    /** What has become of the product. */
    enum State {
        UNKNOWN,
        OFFERED,
        RETIRED
    }

    @Override
    public Class<ProductEvent> folds() {
        return ProductEvent.class;
    }

    @Override
    public State initialState() {
        return State.UNKNOWN;
    }

    @Override
    public State evolve(State state, ProductEvent event) {
        return switch (event) {
            case ProductDescribed _ -> State.OFFERED;
            case ProductRetired _ -> State.RETIRED;
            case ProductRenamed _, PriceChanged _ -> state;
        };
    }

    @Override
    public Decision<ProductEvent> decide(RetireProduct command, State state) {
        return switch (state) {
            case UNKNOWN -> reject(PRODUCT_NOT_FOUND);
            case OFFERED -> accept(new ProductRetired(command.productId()));
            case RETIRED -> nothing();
        };
    }
}
