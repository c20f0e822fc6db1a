package dev.storyline.orders.offer;

import dev.storyline.contexts.orders.Offer;
import dev.storyline.contexts.orders.OfferEvent;
import dev.storyline.contexts.orders.OfferEvent.OfferRecorded;
import dev.storyline.contexts.orders.OfferEvent.PriceRecorded;
import dev.storyline.contexts.orders.OfferEvent.RetirementRecorded;
import dev.storyline.contexts.orders.OfferPrice;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row for each product. The catalogue's events may come in any order, so each is put in its place by the time that it
 * tells.
 */
final class OfferProjection implements Projection<OfferProjection.State, OfferEvent> {
    /** Prices that ended longer ago hold for nobody. */
    private static final long KEPT_SECONDS = Duration.ofDays(1).toSeconds();

    /** A row holds so many prices; those furthest to come are left out. */
    private static final int MOST_PRICES = 1_000;

    /**
     * The row, and the times that tell which of several events counts.
     *
     * @param offeredAt when the catalogue said what name and tax rate are; null before that
     * @param retiredAt when it said that the product is retired; null if it did not
     */
    record State(
            @Nullable Offer offer,
            @Nullable Instant offeredAt,
            @Nullable Instant retiredAt) {}

    @Override
    public String name() {
        return Offer.PROJECTION;
    }

    @Override
    public Class<OfferEvent> folds() {
        return OfferEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, null);
    }

    @Override
    public Step<State> step(State state, Recorded<OfferEvent> event) {
        Offer offer = state.offer() == null
                ? new Offer(event.event().productId(), null, null, List.of(), false)
                : state.offer();
        State next = switch (event.event()) {
            case OfferRecorded offered -> {
                boolean newer = state.offeredAt() == null || !offered.at().isBefore(state.offeredAt());
                yield new State(
                        new Offer(
                                offer.productId(),
                                newer ? offered.name() : offer.name(),
                                newer ? offered.taxRate() : offer.taxRate(),
                                with(offer, new OfferPrice(offered.price(), offered.at(), offered.at()), event.at()),
                                offer.retired()),
                        newer ? offered.at() : state.offeredAt(),
                        state.retiredAt());
            }
            case PriceRecorded(var product, var price, var from, var at) ->
                new State(
                        new Offer(
                                product,
                                offer.name(),
                                offer.taxRate(),
                                with(offer, new OfferPrice(price, from, at), event.at()),
                                offer.retired()),
                        state.offeredAt(),
                        state.retiredAt());
            case RetirementRecorded(var _, var at) -> new State(offer, state.offeredAt(), at);
        };
        return shown(next);
    }

    /** A product that is offered after its retirement may be bought again. */
    private static Step<State> shown(State state) {
        Offer offer = Objects.requireNonNull(state.offer());
        boolean retired = state.retiredAt() != null
                && (state.offeredAt() == null || !state.offeredAt().isAfter(state.retiredAt()));
        Offer row = new Offer(offer.productId(), offer.name(), offer.taxRate(), offer.prices(), retired);
        return Step.to(new State(row, state.offeredAt(), state.retiredAt())).put(Offer.key(row.productId()), row);
    }

    /** The prices with one more, in the order in which they begin, without those that ended long ago. */
    private static List<OfferPrice> with(Offer offer, OfferPrice price, Instant now) {
        List<OfferPrice> prices = new ArrayList<>(offer.prices());
        OfferPrice same = prices.stream()
                .filter(other -> other.from().equals(price.from()))
                .findFirst()
                .orElse(null);
        if (same != null && same.at().isAfter(price.at())) {
            return offer.prices();
        }
        prices.remove(same);
        prices.add(price);
        prices.sort(Comparator.comparing(OfferPrice::from));
        while (prices.size() > 1 && now.getEpochSecond() - prices.get(1).from().getEpochSecond() >= KEPT_SECONDS) {
            prices.removeFirst();
        }
        return List.copyOf(prices.subList(0, Math.min(prices.size(), MOST_PRICES)));
    }
}
