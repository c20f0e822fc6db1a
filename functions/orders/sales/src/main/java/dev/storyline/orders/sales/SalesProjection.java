package dev.storyline.orders.sales;

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
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Totals for each day, product and currency, to which every order adds on the day on which it was placed. */
final class SalesProjection implements Projection<SalesProjection.State, OrderEvent> {
    /**
     * An order.
     *
     * @param day on which it was placed; null before that
     * @param lines what counts until it is shipped or cancelled; empty from then on
     */
    record State(@Nullable LocalDate day, List<SalesLine> lines) {}

    @Override
    public String name() {
        return "sales";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, List.of());
    }

    @Override
    public Step<State> step(State state, Recorded<OrderEvent> event) {
        return switch (event.event()) {
            case OrderCreated created -> {
                List<SalesLine> lines = created.lines().stream()
                        .map(line -> new SalesLine(line.productId(), line.quantity(), line.net()))
                        .toList();
                LocalDate day = LocalDate.ofInstant(event.at(), ZoneOffset.UTC);
                yield added(new State(day, lines), lines);
            }
            case OrderCancelled _ -> added(new State(state.day(), List.of()), negated(state.lines()));
            case OrderShipped _ -> Step.to(new State(state.day(), List.of()));
            case OrderReturned back ->
                added(
                        state,
                        negated(back.lines().stream()
                                .map(line -> new SalesLine(line.productId(), line.quantity(), line.net()))
                                .toList()));
            case OrderReserved _, OrderNotReserved _, OrderPaid _, GoodsLeft _, OrderRefunded _ -> Step.to(state);
        };
    }

    private static List<SalesLine> negated(List<SalesLine> lines) {
        return lines.stream()
                .map(line -> new SalesLine(
                        line.productId(), -line.pieces(), line.net().negated()))
                .toList();
    }

    private static Step<State> added(State next, List<SalesLine> lines) {
        Step<State> step = Step.to(next);
        if (next.day() != null) {
            for (SalesLine line : lines) {
                step = step.add(
                        new RowKey(
                                partition(next.day()),
                                line.productId().value() + "#" + line.net().currency()),
                        Map.of(
                                "pieces",
                                BigDecimal.valueOf(line.pieces()),
                                "net",
                                line.net().amount()));
            }
        }
        return step;
    }

    /** The totals of one day stand together. */
    static String partition(LocalDate day) {
        return "sales#" + day;
    }
}
