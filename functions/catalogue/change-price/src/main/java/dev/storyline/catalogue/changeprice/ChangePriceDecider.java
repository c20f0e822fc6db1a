package dev.storyline.catalogue.changeprice;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.catalogue.PlannedPrice;
import dev.storyline.contexts.catalogue.Prices;
import dev.storyline.contexts.catalogue.ProductEvent;
import dev.storyline.contexts.catalogue.ProductEvent.PriceChanged;
import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRenamed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRetired;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives a product that is in the catalogue another price, now or later. */
final class ChangePriceDecider implements Decider<ChangePrice, ChangePriceDecider.State, ProductEvent> {
    static final BigDecimal HIGHEST_PRICE = BigDecimal.valueOf(1_000_000_000);
    static final Duration LONGEST_AHEAD = Duration.ofDays(365);
    static final int MOST_PLANNED = 20;

    static final Rule PRODUCT_NOT_FOUND = Rule.unknown("product-not-found", "There is no product with this id.");
    static final Rule PRODUCT_RETIRED = Rule.forbids("product-retired", "The product has left the catalogue.");
    static final Rule OTHER_CURRENCY =
            Rule.forbids("other-currency", "A product keeps the currency of its first price.");
    static final Rule PRICE_OUT_OF_RANGE = Rule.forbids(
            "price-out-of-range",
            "A price is more than 0 and 1,000,000,000 at most, in whole smallest units of its currency.");
    static final Rule PRICE_BEGINS_IN_THE_PAST =
            Rule.forbids("price-begins-in-the-past", "A price begins now or later.");
    static final Rule PRICE_BEGINS_TOO_LATE = Rule.forbids("price-begins-too-late", "A price begins within 365 days.");
    static final Rule TOO_MANY_PLANNED_PRICES =
            Rule.forbids("too-many-planned-prices", "At most 20 prices of a product begin later than now.");

    /** The prices, null before the description, and whether the product is retired. */
    record State(@Nullable Prices prices, boolean retired) {}

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
            case ProductDescribed described -> new State(Prices.of(described.price()), state.retired());
            case PriceChanged changed ->
                new State(
                        state.prices() == null
                                ? null
                                : state.prices().with(new PlannedPrice(changed.price(), changed.from())),
                        state.retired());
            case ProductRetired _ -> new State(state.prices(), true);
            case ProductRenamed _ -> state;
        };
    }

    @Override
    public Decision<ProductEvent> decide(ChangePrice command, State state) {
        Prices prices = state.prices();
        if (prices == null) {
            return reject(PRODUCT_NOT_FOUND);
        }
        if (state.retired()) {
            return reject(PRODUCT_RETIRED);
        }
        Instant from = Objects.requireNonNullElse(command.from(), command.at());
        Rule broken = broken(command.price(), from, command.at(), prices);
        if (broken != null) {
            return reject(broken);
        }
        return prices.at(from).equals(command.price())
                ? nothing()
                : accept(new PriceChanged(command.productId(), command.price(), from));
    }

    /** The rule that the price breaks, or null. */
    private static @Nullable Rule broken(Money price, Instant from, Instant at, Prices prices) {
        if (!price.currency().equals(prices.at(at).currency())) {
            return OTHER_CURRENCY;
        }
        if (price.signum() <= 0 || price.amount().compareTo(HIGHEST_PRICE) > 0 || !price.isPayable()) {
            return PRICE_OUT_OF_RANGE;
        }
        if (from.isBefore(at)) {
            return PRICE_BEGINS_IN_THE_PAST;
        }
        if (from.isAfter(at.plus(LONGEST_AHEAD))) {
            return PRICE_BEGINS_TOO_LATE;
        }
        List<PlannedPrice> planned = prices.after(at);
        boolean isMore = from.isAfter(at)
                && planned.stream().noneMatch(other -> other.from().equals(from));
        return isMore && planned.size() >= MOST_PLANNED ? TOO_MANY_PLANNED_PRICES : null;
    }
}
