package dev.storyline.orders.recordprice;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.orders.OfferEvent;
import dev.storyline.contexts.orders.OfferEvent.OfferRecorded;
import dev.storyline.contexts.orders.OfferEvent.PriceRecorded;
import dev.storyline.contexts.orders.OfferEvent.RetirementRecorded;
import dev.storyline.kernel.Currencies;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Records each price, also before the product is offered. The same again changes nothing, and so does a price that
 * nobody could pay: one that is not positive, or of a currency that no country uses.
 */
final class RecordPriceDecider implements Decider<RecordPrice, RecordPriceDecider.State, OfferEvent> {
    /** The price that was recorded last; null if there is none. */
    record State(@Nullable PriceRecorded last) {}

    @Override
    public Class<OfferEvent> folds() {
        return OfferEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public State evolve(State state, OfferEvent event) {
        return switch (event) {
            case PriceRecorded price -> new State(price);
            case OfferRecorded _, RetirementRecorded _ -> state;
        };
    }

    @Override
    public Decision<OfferEvent> decide(RecordPrice command, State state) {
        if (command.price().signum() <= 0 || !Currencies.isInUse(command.price().currency())) {
            return nothing();
        }
        PriceRecorded price = new PriceRecorded(command.productId(), command.price(), command.from(), command.at());
        return price.equals(state.last()) ? nothing() : accept(price);
    }
}
