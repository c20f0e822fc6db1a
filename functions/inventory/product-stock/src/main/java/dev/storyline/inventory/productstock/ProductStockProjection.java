package dev.storyline.inventory.productstock;

import dev.storyline.contexts.inventory.ProductEvent;
import dev.storyline.contexts.inventory.ReorderLevel.ReorderLevelSet;
import dev.storyline.contexts.inventory.StockEvent;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Each product has one row, its own. */
final class ProductStockProjection implements Projection<ProductStockProjection.State, ProductEvent> {
    /** The stock so far; null before the first event. */
    record State(@Nullable Stock stock) {}

    @Override
    public String name() {
        return "product-stock";
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
        Stock before = Objects.requireNonNullElseGet(
                state.stock(), () -> Stock.none(event.event().productId()));
        Stock after = switch (event.event()) {
            case StockEvent moved -> before.after(moved);
            case ReorderLevelSet set -> before.after(set);
        };
        return Step.to(new State(after)).putOwn(after);
    }
}
