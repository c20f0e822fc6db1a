package dev.storyline.orders.recordretirement;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.orders.OfferEvent;
import dev.storyline.contexts.orders.OfferEvent.OfferRecorded;
import dev.storyline.contexts.orders.OfferEvent.PriceRecorded;
import dev.storyline.contexts.orders.OfferEvent.RetirementRecorded;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records a retirement, also before the product is offered. An earlier one says nothing new. */
final class RecordRetirementDecider implements Decider<RecordRetirement, RecordRetirementDecider.State, OfferEvent> {
    /** The latest retirement; null if there is none. */
    record State(@Nullable Instant at) {}

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
            case RetirementRecorded retired -> new State(retired.at());
            case OfferRecorded _, PriceRecorded _ -> state;
        };
    }

    @Override
    public Decision<OfferEvent> decide(RecordRetirement command, State state) {
        return state.at() != null && !command.at().isAfter(state.at())
                ? nothing()
                : accept(new RetirementRecorded(command.productId(), command.at()));
    }
}
