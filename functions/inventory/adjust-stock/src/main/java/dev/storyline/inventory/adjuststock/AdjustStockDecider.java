package dev.storyline.inventory.adjuststock;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.inventory.StockEvent;
import dev.storyline.contexts.inventory.StockEvent.StockAdjusted;
import dev.storyline.contexts.inventory.StockEvent.StockReceived;
import dev.storyline.contexts.inventory.StockLevel;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import org.jspecify.annotations.Nullable;

/** Takes a count, as long as what is set aside for orders stays on hand. */
final class AdjustStockDecider implements Decider<AdjustStock, AdjustStockDecider.State, StockEvent> {
    static final long MOST_AT_ONCE = 1_000_000;
    static final int LONGEST_REASON = 200;

    static final Rule QUANTITY_OUT_OF_RANGE =
            Rule.forbids("quantity-out-of-range", "An adjustment is a number from -1,000,000 to 1,000,000, and not 0.");
    static final Rule REASON_MISSING = Rule.forbids("reason-missing", "An adjustment says why.");
    static final Rule REASON_TOO_LONG = Rule.forbids("reason-too-long", "A reason has at most 200 characters.");
    static final Rule NEVER_RECEIVED = Rule.forbids("never-received", "Nothing of this product was ever received.");
    static final Rule BELOW_RESERVED = Rule.forbids("below-reserved", "At least what is reserved stays on hand.");
    static final Rule TOO_MUCH_STOCK =
            Rule.forbids("too-much-stock", "At most 1,000,000,000 pieces of a product are on hand.");

    /** What is on hand and set aside, and whether anything was ever received. */
    record State(boolean received, StockLevel level) {}

    @Override
    public Class<StockEvent> folds() {
        return StockEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false, StockLevel.FOLD.initialState());
    }

    @Override
    public State evolve(State state, StockEvent event) {
        return new State(
                state.received() || event instanceof StockReceived,
                state.level().after(event));
    }

    @Override
    public Decision<StockEvent> decide(AdjustStock command, State state) {
        Rule broken = broken(command, state);
        return broken == null
                ? accept(new StockAdjusted(command.productId(), command.quantity(), command.reason()))
                : reject(broken);
    }

    private static @Nullable Rule broken(AdjustStock command, State state) {
        long quantity = command.quantity();
        if (quantity == 0 || quantity < -MOST_AT_ONCE || quantity > MOST_AT_ONCE) {
            return QUANTITY_OUT_OF_RANGE;
        }
        String reason = command.reason();
        if (reason.isBlank()) {
            return REASON_MISSING;
        }
        if (reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            return REASON_TOO_LONG;
        }
        if (!state.received()) {
            return NEVER_RECEIVED;
        }
        if (state.level().available() + quantity < 0) {
            return BELOW_RESERVED;
        }
        return state.level().onHand() + quantity > StockLevel.MOST_ON_HAND ? TOO_MUCH_STOCK : null;
    }
}
