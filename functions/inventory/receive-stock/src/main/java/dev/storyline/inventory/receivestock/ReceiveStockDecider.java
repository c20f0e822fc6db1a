package dev.storyline.inventory.receivestock;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.inventory.StockEvent;
import dev.storyline.contexts.inventory.StockEvent.StockReceived;
import dev.storyline.contexts.inventory.StockLevel;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** Takes goods of any product, as long as there is room. */
final class ReceiveStockDecider implements Decider<ReceiveStock, StockLevel, StockEvent> {
    static final long MOST_AT_ONCE = 1_000_000;

    static final Rule QUANTITY_OUT_OF_RANGE =
            Rule.forbids("quantity-out-of-range", "A delivery has 1 to 1,000,000 pieces.");
    static final Rule TOO_MUCH_STOCK =
            Rule.forbids("too-much-stock", "At most 1,000,000,000 pieces of a product are on hand.");

    @Override
    public Class<StockEvent> folds() {
        return StockEvent.class;
    }

    @Override
    public StockLevel initialState() {
        return StockLevel.FOLD.initialState();
    }

    @Override
    public StockLevel evolve(StockLevel level, StockEvent event) {
        return level.after(event);
    }

    @Override
    public Decision<StockEvent> decide(ReceiveStock command, StockLevel level) {
        if (command.quantity() < 1 || command.quantity() > MOST_AT_ONCE) {
            return reject(QUANTITY_OUT_OF_RANGE);
        }
        return level.onHand() + command.quantity() > StockLevel.MOST_ON_HAND
                ? reject(TOO_MUCH_STOCK)
                : accept(new StockReceived(command.productId(), command.quantity()));
    }
}
