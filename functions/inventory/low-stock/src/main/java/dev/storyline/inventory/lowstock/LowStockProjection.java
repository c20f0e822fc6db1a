package dev.storyline.inventory.lowstock;

import dev.storyline.contexts.inventory.ProductEvent;
import dev.storyline.contexts.inventory.ProductId;
import dev.storyline.contexts.inventory.ReorderLevel.ReorderLevelSet;
import dev.storyline.contexts.inventory.StockEvent;
import dev.storyline.contexts.inventory.StockLevel;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;

/** A product has a row while less of it is available than its reorder level. */
final class LowStockProjection implements Projection<LowStockProjection.State, ProductEvent> {
    /** What is on hand and set aside, and the reorder level; 0 for none. */
    record State(StockLevel stock, long level) {
        boolean low() {
            return stock.available() < level;
        }
    }

    @Override
    public String name() {
        return "low-stock";
    }

    @Override
    public Class<ProductEvent> folds() {
        return ProductEvent.class;
    }

    @Override
    public State initialState() {
        return new State(StockLevel.FOLD.initialState(), 0);
    }

    @Override
    public Step<State> step(State state, Recorded<ProductEvent> event) {
        State next = switch (event.event()) {
            case StockEvent moved -> new State(state.stock().after(moved), state.level());
            case ReorderLevelSet set -> new State(state.stock(), set.quantity());
        };
        ProductId product = event.event().productId();
        if (next.low()) {
            return Step.to(next)
                    .put(
                            LowStockLine.key(product),
                            new LowStockLine(product, next.stock().available(), next.level()));
        }
        return state.low() ? Step.to(next).remove(LowStockLine.key(product)) : Step.to(next);
    }
}
