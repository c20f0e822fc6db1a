package dev.storyline.orders.recordoffer;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.orders.OfferEvent;
import dev.storyline.contexts.orders.OfferEvent.OfferRecorded;
import dev.storyline.contexts.orders.OfferEvent.PriceRecorded;
import dev.storyline.contexts.orders.OfferEvent.RetirementRecorded;
import dev.storyline.kernel.Currencies;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Records what can be sold, in whatever order the catalogue's events come. The same again changes nothing, and so does
 * an offer that nobody could pay: a price that is not positive, a currency that no country uses, or a tax rate that is no
 * fraction from 0 to 1.
 */
final class RecordOfferDecider implements Decider<RecordOffer, RecordOfferDecider.State, OfferEvent> {
    /** The offer that was recorded last; null if there is none. */
    record State(@Nullable OfferRecorded last) {}

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
            case OfferRecorded offer -> new State(offer);
            case PriceRecorded _, RetirementRecorded _ -> state;
        };
    }

    @Override
    public Decision<OfferEvent> decide(RecordOffer command, State state) {
        if (command.price().signum() <= 0
                || !Currencies.isInUse(command.price().currency())
                || command.taxRate().signum() < 0
                || command.taxRate().compareTo(BigDecimal.ONE) > 0) {
            return nothing();
        }
        OfferRecorded offer = new OfferRecorded(
                command.productId(), command.name(), command.taxRate(), command.price(), command.at());
        return offer.equals(state.last()) ? nothing() : accept(offer);
    }
}
