package dev.storyline.catalogue.renameproduct;

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
import org.jspecify.annotations.Nullable;

/** Renames a product that is in the catalogue. */
final class RenameProductDecider implements Decider<RenameProduct, RenameProductDecider.State, ProductEvent> {
    static final int LONGEST_NAME = 200;

    static final Rule NAME_OUT_OF_RANGE =
            Rule.forbids("name-out-of-range", "A name says something, in 200 characters at most.");
    static final Rule PRODUCT_NOT_FOUND = Rule.unknown("product-not-found", "There is no product with this id.");
    static final Rule PRODUCT_RETIRED = Rule.forbids("product-retired", "The product has left the catalogue.");

    /** The name, null before the description, and whether the product is retired. */
    record State(@Nullable String name, boolean retired) {}

    @Override
    public Class<ProductEvent> folds() {
        return ProductEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, false);
    }

    @Override
    public State evolve(State state, ProductEvent event) {
        return switch (event) {
            case ProductDescribed described -> new State(described.name(), state.retired());
            case ProductRenamed renamed -> new State(renamed.name(), state.retired());
            case ProductRetired _ -> new State(state.name(), true);
            case PriceChanged _ -> state;
        };
    }

    @Override
    public Decision<ProductEvent> decide(RenameProduct command, State state) {
        String name = command.name();
        if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return reject(NAME_OUT_OF_RANGE);
        }
        if (state.name() == null) {
            return reject(PRODUCT_NOT_FOUND);
        }
        if (state.retired()) {
            return reject(PRODUCT_RETIRED);
        }
        return name.equals(state.name()) ? nothing() : accept(new ProductRenamed(command.productId(), name));
    }
}
