package dev.storyline.orders.placeorder;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.orders.ChargedLine;
import dev.storyline.contexts.orders.OrderEvent;
import dev.storyline.contexts.orders.OrderEvent.GoodsLeft;
import dev.storyline.contexts.orders.OrderEvent.OrderCancelled;
import dev.storyline.contexts.orders.OrderEvent.OrderCreated;
import dev.storyline.contexts.orders.OrderEvent.OrderNotReserved;
import dev.storyline.contexts.orders.OrderEvent.OrderPaid;
import dev.storyline.contexts.orders.OrderEvent.OrderRefunded;
import dev.storyline.contexts.orders.OrderEvent.OrderReserved;
import dev.storyline.contexts.orders.OrderEvent.OrderReturned;
import dev.storyline.contexts.orders.OrderEvent.OrderShipped;
import dev.storyline.contexts.orders.ProductId;
import dev.storyline.contexts.orders.WantedLine;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Charges the lines of an order at the prices that the customer has seen, if they are offered. Net amount and tax are
 * rounded once for each line; those of the order are the sums of its lines.
 */
final class PlaceOrderDecider implements Decider<PlaceOrder, PlaceOrderDecider.State, OrderEvent> {
    static final BigDecimal MOST_TOTAL = BigDecimal.valueOf(1_000_000_000);

    static final Rule ALREADY_PLACED = Rule.forbids("already-placed", "There is an order with this number.");
    static final Rule NO_LINES = Rule.forbids("no-lines", "An order wants at least one product.");
    static final Rule TOO_MANY_LINES = Rule.forbids("too-many-lines", "An order has at most 90 lines.");
    static final Rule QUANTITY_OUT_OF_RANGE =
            Rule.forbids("quantity-out-of-range", "A line has 1 to 1,000,000 pieces.");
    static final Rule PRODUCT_TWICE = Rule.forbids("product-twice", "A product stands in one line.");
    static final Rule UNKNOWN_PRODUCT = Rule.forbids("unknown-product", "No such product is offered.");
    static final Rule PRODUCT_RETIRED = Rule.forbids("product-retired", "The product may be bought no more.");
    static final Rule CURRENCIES_MIXED = Rule.forbids("currencies-mixed", "All prices of an order have one currency.");
    static final Rule PRICE_NOT_OFFERED =
            Rule.forbids("price-not-offered", "The product is not offered at this price now.");
    static final Rule TOTAL_TOO_HIGH =
            Rule.forbids("total-too-high", "An order costs at most 1,000,000,000 of its currency.");

    /** Whether the order was placed. */
    record State(boolean placed) {}

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderCreated _ -> new State(true);
            case OrderReserved _,
                    OrderNotReserved _,
                    OrderPaid _,
                    OrderCancelled _,
                    OrderShipped _,
                    GoodsLeft _,
                    OrderReturned _,
                    OrderRefunded _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(PlaceOrder command, State state) {
        if (state.placed()) {
            return reject(ALREADY_PLACED);
        }
        Map<ProductId, OfferedProduct> offers = new HashMap<>();
        command.offers().forEach(offer -> offers.put(offer.productId(), offer));
        Rule broken = broken(command.lines(), offers);
        return broken == null ? created(command, offers) : reject(broken);
    }

    private static @Nullable Rule broken(List<WantedLine> lines, Map<ProductId, OfferedProduct> offers) {
        if (lines.isEmpty()) {
            return NO_LINES;
        }
        if (lines.size() > WantedLine.MOST_LINES) {
            return TOO_MANY_LINES;
        }
        if (!lines.stream().allMatch(line -> WantedLine.inRange(line.quantity()))) {
            return QUANTITY_OUT_OF_RANGE;
        }
        if (lines.stream().map(WantedLine::productId).distinct().count() < lines.size()) {
            return PRODUCT_TWICE;
        }
        if (!lines.stream().allMatch(line -> offers.containsKey(line.productId()))) {
            return UNKNOWN_PRODUCT;
        }
        if (lines.stream().anyMatch(line -> offer(line, offers).retired())) {
            return PRODUCT_RETIRED;
        }
        if (lines.stream().map(line -> line.price().currency()).distinct().count() > 1) {
            return CURRENCIES_MIXED;
        }
        return lines.stream().allMatch(line -> offer(line, offers).prices().contains(line.price()))
                ? null
                : PRICE_NOT_OFFERED;
    }

    private static OfferedProduct offer(WantedLine line, Map<ProductId, OfferedProduct> offers) {
        return Objects.requireNonNull(offers.get(line.productId()));
    }

    private static Decision<OrderEvent> created(PlaceOrder command, Map<ProductId, OfferedProduct> offers) {
        List<ChargedLine> lines = command.lines().stream()
                .map(line -> ChargedLine.of(
                        line.productId(),
                        line.quantity(),
                        line.price(),
                        offer(line, offers).taxRate()))
                .toList();
        Money nothing = Money.zero(lines.getFirst().price().currency());
        Money net = lines.stream().map(ChargedLine::net).reduce(nothing, Money::plus);
        Money tax = lines.stream().map(ChargedLine::tax).reduce(nothing, Money::plus);
        Money gross = net.plus(tax);
        return gross.amount().compareTo(MOST_TOTAL) > 0
                ? reject(TOTAL_TOO_HIGH)
                : accept(new OrderCreated(
                        command.orderId(),
                        command.customerId(),
                        lines,
                        net,
                        tax,
                        gross,
                        command.deliveryAddress(),
                        command.at().plusSeconds(command.payWithin())));
    }
}
