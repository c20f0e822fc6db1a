package dev.storyline.orders.returnorder;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.orders.CustomerId;
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
import dev.storyline.contexts.orders.OrderedProduct;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.contexts.orders.PricedLine;
import dev.storyline.contexts.orders.ProductId;
import dev.storyline.contexts.orders.WantedLine;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes back what was shipped, all of it or a part, several times. The last return is worth what is left. */
final class ReturnOrderDecider implements Decider<ReturnOrder, ReturnOrderDecider.State, OrderEvent> {
    static final int LONGEST_REASON = 200;
    static final int MOST_RETURNS = 100;

    static final Rule ORDER_NOT_FOUND = Rule.unknown("order-not-found", "There is no order with this number.");
    static final Rule REASON_MISSING = Rule.forbids("reason-missing", "A return says why.");
    static final Rule REASON_TOO_LONG = Rule.forbids("reason-too-long", "A reason has at most 200 characters.");
    static final Rule NOT_SHIPPED = Rule.forbids("not-shipped", "The goods of the order have not left the warehouse.");
    static final Rule NO_LINES = Rule.forbids("no-lines", "At least one product comes back.");
    static final Rule TOO_MANY_LINES = Rule.forbids("too-many-lines", "A return has at most 90 lines.");
    static final Rule QUANTITY_OUT_OF_RANGE =
            Rule.forbids("quantity-out-of-range", "A line has 1 to 1,000,000 pieces.");
    static final Rule MORE_THAN_SHIPPED = Rule.forbids("more-than-shipped", "More comes back than was shipped.");
    static final Rule NOTHING_LEFT = Rule.forbids("nothing-left", "Everything has come back.");
    static final Rule TOO_MANY_RETURNS = Rule.forbids("too-many-returns", "An order comes back in at most 100 parts.");

    /**
     * An order.
     *
     * @param customerId whose it is; null before it was placed
     * @param lines by product, in the order of the order
     * @param left whether its goods have left the warehouse
     * @param returns how often something came back
     */
    record State(@Nullable CustomerId customerId, Map<ProductId, Shipped> lines, boolean left, int returns) {
        State after(OrderReturned back) {
            Map<ProductId, Shipped> next = new LinkedHashMap<>(lines);
            back.lines()
                    .forEach(line -> next.computeIfPresent(
                            line.productId(), (product, shipped) -> shipped.with(line.quantity())));
            return new State(customerId, next, left, returns + 1);
        }

        /** Everything that has not come back. */
        List<OrderedProduct> rest() {
            return lines.values().stream()
                    .filter(shipped -> shipped.left() > 0)
                    .map(shipped -> new OrderedProduct(shipped.line().productId(), shipped.left()))
                    .toList();
        }

        boolean has(OrderedProduct back) {
            Shipped shipped = lines.get(back.productId());
            return shipped != null && back.quantity() <= shipped.left();
        }

        PricedLine worth(OrderedProduct back) {
            return Objects.requireNonNull(lines.get(back.productId())).returned(back.quantity());
        }
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, Map.of(), false, 0);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderCreated created -> {
                Map<ProductId, Shipped> lines = new LinkedHashMap<>();
                created.lines().forEach(line -> lines.put(line.productId(), new Shipped(line, 0)));
                yield new State(created.customerId(), lines, false, 0);
            }
            case GoodsLeft _ -> new State(state.customerId(), state.lines(), true, state.returns());
            case OrderReturned back -> state.after(back);
            case OrderReserved _, OrderNotReserved _, OrderPaid _, OrderCancelled _, OrderShipped _, OrderRefunded _ ->
                state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(ReturnOrder command, State state) {
        Rule broken = broken(command, state);
        if (broken != null) {
            return reject(broken);
        }
        List<PricedLine> lines = back(command, state).stream().map(state::worth).toList();
        Money nothing = Money.zero(lines.getFirst().net().currency());
        Money net = lines.stream().map(PricedLine::net).reduce(nothing, Money::plus);
        Money tax = lines.stream().map(PricedLine::tax).reduce(nothing, Money::plus);
        return accept(new OrderReturned(
                command.orderId(), state.returns() + 1, lines, net, tax, net.plus(tax), command.reason()));
    }

    /** What comes back, one for each product. */
    private static List<OrderedProduct> back(ReturnOrder command, State state) {
        return command.lines() == null ? state.rest() : OrderedProduct.oneEach(command.lines());
    }

    private static @Nullable Rule broken(ReturnOrder command, State state) {
        if (!Orders.isVisible(state.customerId(), command.asking())) {
            return ORDER_NOT_FOUND;
        }
        if (command.reason().isBlank()) {
            return REASON_MISSING;
        }
        if (command.reason().codePointCount(0, command.reason().length()) > LONGEST_REASON) {
            return REASON_TOO_LONG;
        }
        if (!state.left()) {
            return NOT_SHIPPED;
        }
        Rule broken = command.lines() == null
                ? (state.rest().isEmpty() ? NOTHING_LEFT : null)
                : broken(command.lines(), state);
        return broken == null && state.returns() >= MOST_RETURNS ? TOO_MANY_RETURNS : broken;
    }

    private static @Nullable Rule broken(List<OrderedProduct> lines, State state) {
        if (lines.isEmpty()) {
            return NO_LINES;
        }
        if (lines.size() > WantedLine.MOST_LINES) {
            return TOO_MANY_LINES;
        }
        if (!lines.stream().allMatch(line -> WantedLine.inRange(line.quantity()))) {
            return QUANTITY_OUT_OF_RANGE;
        }
        return OrderedProduct.oneEach(lines).stream().allMatch(state::has) ? null : MORE_THAN_SHIPPED;
    }
}
