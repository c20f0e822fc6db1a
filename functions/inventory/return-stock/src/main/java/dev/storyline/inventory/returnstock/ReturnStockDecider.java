package dev.storyline.inventory.returnstock;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.ReservationEvent;
import dev.storyline.contexts.inventory.ReservationEvent.StockNotReserved;
import dev.storyline.contexts.inventory.ReservationEvent.StockReleased;
import dev.storyline.contexts.inventory.ReservationEvent.StockReserved;
import dev.storyline.contexts.inventory.ReservationEvent.StockReturned;
import dev.storyline.contexts.inventory.ReservationEvent.StockShipped;
import dev.storyline.contexts.inventory.ReservedLine;
import dev.storyline.contexts.inventory.StockEvent;
import dev.storyline.contexts.inventory.StockEvent.PiecesReturned;
import dev.storyline.contexts.inventory.StockLevel;
import dev.storyline.contexts.inventory.StockLine;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes back what was shipped for an order, all of it or a part, in the streams of order and products at once. */
final class ReturnStockDecider
        implements AtomicDecider<ReturnStock, ReturnStockDecider.State, ReservationEvent, StockLevel, StockEvent> {
    static final Rule NO_LINES = Rule.forbids("no-lines", "At least one product comes back.");
    static final Rule TOO_MANY_LINES = Rule.forbids("too-many-lines", "An order has at most 90 lines.");
    static final Rule QUANTITY_OUT_OF_RANGE =
            Rule.forbids("quantity-out-of-range", "A line has 1 to 1,000,000 pieces.");
    static final Rule NOT_SHIPPED =
            Rule.forbids("not-shipped", "The products of this order have not left the warehouse.");
    static final Rule MORE_THAN_SHIPPED = Rule.forbids("more-than-shipped", "More comes back than left.");

    /**
     * An order.
     *
     * @param shipped whether its products have left
     * @param lines what was set aside for it, by bins, and so what left
     * @param returned what came back
     */
    record State(boolean shipped, List<ReservedLine> lines, List<StockLine> returned) {
        /** What came back, with what comes back now. */
        List<StockLine> with(List<StockLine> more) {
            return StockLine.oneEach(
                    Stream.concat(returned.stream(), more.stream()).toList());
        }

        /** The bins that pieces of a product come back to: those that they left, in the same order. */
        List<ReservedLine> bins(StockLine back) {
            List<ReservedLine> bins = new ArrayList<>();
            long before = returned.stream()
                    .filter(line -> line.productId().equals(back.productId()))
                    .mapToLong(StockLine::quantity)
                    .sum();
            long left = back.quantity();
            for (ReservedLine line : lines) {
                if (line.wanted().productId().equals(back.productId())) {
                    long full = Math.min(before, line.quantity());
                    long pieces = Math.min(left, line.quantity() - full);
                    before -= full;
                    left -= pieces;
                    if (pieces > 0) {
                        bins.add(new ReservedLine(line.productId(), pieces, line.binOf()));
                    }
                }
            }
            return bins;
        }
    }

    @Override
    public Class<ReservationEvent> folds() {
        return ReservationEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false, List.of(), List.of());
    }

    @Override
    public State evolve(State state, ReservationEvent event) {
        return switch (event) {
            case StockReserved reserved -> new State(false, reserved.lines(), List.of());
            case StockShipped _ -> new State(true, state.lines(), List.of());
            case StockReturned back -> new State(state.shipped(), state.lines(), state.with(back.lines()));
            case StockNotReserved _, StockReleased _ -> state;
        };
    }

    @Override
    public Fold<StockLevel, StockEvent> other() {
        return StockLevel.FOLD;
    }

    @Override
    public Set<StreamId> others(ReturnStock command, State state) {
        if (broken(command, state) != null) {
            return Set.of();
        }
        return bins(command, state).stream()
                .map(line -> Inventory.stream(line.productId()))
                .collect(Collectors.toSet());
    }

    @Override
    public AtomicDecision<ReservationEvent, StockEvent> decide(
            ReturnStock command, State state, Map<StreamId, StockLevel> products) {
        Rule broken = broken(command, state);
        if (broken != null) {
            return atHome(reject(broken));
        }
        return new AtomicDecision<>(
                accept(new StockReturned(command.orderId(), StockLine.oneEach(command.lines()))),
                ReservedLine.events(
                        bins(command, state),
                        line -> new PiecesReturned(line.productId(), command.orderId(), line.quantity())));
    }

    private static List<ReservedLine> bins(ReturnStock command, State state) {
        return StockLine.oneEach(command.lines()).stream()
                .flatMap(line -> state.bins(line).stream())
                .toList();
    }

    private static @Nullable Rule broken(ReturnStock command, State state) {
        if (command.lines().isEmpty()) {
            return NO_LINES;
        }
        if (command.lines().size() > StockLine.MOST_LINES) {
            return TOO_MANY_LINES;
        }
        if (!command.lines().stream().allMatch(StockLine::inRange)) {
            return QUANTITY_OUT_OF_RANGE;
        }
        if (!state.shipped()) {
            return NOT_SHIPPED;
        }
        var left = ReservedLine.wanted(state.lines()).stream()
                .collect(Collectors.toMap(StockLine::productId, StockLine::quantity));
        return state.with(command.lines()).stream()
                        .allMatch(line -> line.quantity() <= Objects.requireNonNullElse(left.get(line.productId()), 0L))
                ? null
                : MORE_THAN_SHIPPED;
    }
}
