package dev.storyline.catalogue.describeproduct;

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

/** Describes a product once. The same description again changes nothing, whatever became of the product. */
final class DescribeProductDecider implements Decider<DescribeProduct, DescribeProductDecider.State, ProductEvent> {
    static final Rule ALREADY_DESCRIBED = Rule.forbids(
            "already-described",
            "The product has another description; rename it, change its price, or give the new one another id.");
    static final Rule PRODUCT_RETIRED = Rule.forbids("product-retired", "The product has left the catalogue.");

    /** The description, null before it, and whether the product is retired. */
    record State(@Nullable ProductDescribed described, boolean retired) {}

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
            case ProductDescribed described -> new State(described, state.retired());
            case ProductRetired _ -> new State(state.described(), true);
            case ProductRenamed _, PriceChanged _ -> state;
        };
    }

    @Override
    public Decision<ProductEvent> decide(DescribeProduct command, State state) {
        if (state.retired()) {
            return reject(PRODUCT_RETIRED);
        }
        if (state.described() == null) {
            return accept(new ProductDescribed(
                    command.productId(),
                    command.name(),
                    command.description(),
                    command.category(),
                    command.language(),
                    command.price(),
                    command.taxRate()));
        }
        return isAs(state.described(), command) ? nothing() : reject(ALREADY_DESCRIBED);
    }

    /** Tax rates are compared as numbers: 0.2 is 0.20. */
    private static boolean isAs(ProductDescribed described, DescribeProduct command) {
        return described.name().equals(command.name())
                && described.description().equals(command.description())
                && described.category().equals(command.category())
                && described.language().equals(command.language())
                && described.price().equals(command.price())
                && described.taxRate().compareTo(command.taxRate()) == 0;
    }
}
