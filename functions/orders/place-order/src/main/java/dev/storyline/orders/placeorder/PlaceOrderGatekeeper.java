package dev.storyline.orders.placeorder;

import dev.storyline.contexts.orders.Address;
import dev.storyline.contexts.orders.Offer;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.WantedLine;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Rule;
import dev.storyline.projections.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the offers of the products and refuses an address that nobody can deliver to. The offers may be a moment old:
 * a price holds for some minutes after it has changed, so a view that is a second behind refuses nobody wrongly.
 */
final class PlaceOrderGatekeeper implements Gatekeeper<PlaceOrderRequest, PlaceOrder> {
    static final int LONGEST_TEXT = 200;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    static final Rule ADDRESS_INCOMPLETE =
            Rule.forbids("address-incomplete", "An address has a name, a street and a city.");
    static final Rule ADDRESS_TOO_LONG =
            Rule.forbids("address-too-long", "Name, street and city have at most 200 characters each.");
    static final Rule UNKNOWN_COUNTRY =
            Rule.forbids("unknown-country", "A country is told by its ISO 3166 code, two capital letters.");

    private final View offers;
    private final long payWithin;
    private final Duration oldPriceHolds;

    PlaceOrderGatekeeper(View offers, long payWithin, Duration oldPriceHolds) {
        this.offers = offers;
        this.payWithin = payWithin;
        this.oldPriceHolds = oldPriceHolds;
    }

    @Override
    public Gate<PlaceOrder> gate(PlaceOrderRequest request, CommandContext occasion) {
        Address address = request.deliveryAddress();
        List<String> texts = List.of(address.name(), address.street(), address.city());
        if (texts.stream().anyMatch(String::isBlank)) {
            return Gate.closed(ADDRESS_INCOMPLETE);
        }
        if (texts.stream().anyMatch(text -> text.codePointCount(0, text.length()) > LONGEST_TEXT)) {
            return Gate.closed(ADDRESS_TOO_LONG);
        }
        if (!COUNTRIES.contains(address.country())) {
            return Gate.closed(UNKNOWN_COUNTRY);
        }
        return Gate.open(new PlaceOrder(
                new OrderId(occasion.stream().id()),
                request.customerId(),
                request.lines(),
                address,
                offered(request.lines(), occasion.at()),
                payWithin,
                occasion.at()));
    }

    /** The offered ones of the products, in one read. An order with too many lines is refused without any. */
    private List<OfferedProduct> offered(List<WantedLine> lines, Instant at) {
        if (lines.size() > WantedLine.MOST_LINES) {
            return List.of();
        }
        List<RowKey> keys = lines.stream()
                .map(line -> Offer.key(line.productId()))
                .distinct()
                .toList();
        Map<RowKey, Offer> found = offers.rows(keys, Offer.class);
        List<OfferedProduct> offered = new ArrayList<>();
        for (RowKey key : keys) {
            Offer offer = found.get(key);
            if (offer != null && offer.taxRate() != null) {
                offered.add(new OfferedProduct(
                        offer.productId(), offer.taxRate(), offer.pricesAt(at, oldPriceHolds), offer.retired()));
            }
        }
        return offered;
    }
}
