package dev.storyline.inventory.shipstock;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
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
import dev.storyline.contexts.inventory.StockEvent.PiecesShipped;
import dev.storyline.contexts.inventory.StockLevel;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Ships what is set aside for an order, in the streams of the order and of its products at once. */
final class ShipStockDecider
        implements AtomicDecider<ShipStock, ShipStockDecider.State, ReservationEvent, StockLevel, StockEvent> {
    static final Rule NOT_RESERVED = Rule.forbids("not-reserved", "Nothing is reserved for this order.");
    static final Rule ALREADY_RELEASED = Rule.forbids("already-released", "The stock of this order was released.");

    /** The progress of an order. */
    enum Progress {
        OPEN,
        RESERVED,
        RELEASED,
        SHIPPED
    }

    /**
     * An order.
     *
     * @param lines what is set aside for it now
     */
    record State(Progress progress, List<ReservedLine> lines) {}

    @Override
    public Class<ReservationEvent> folds() {
        return ReservationEvent.class;
    }

    @Override
    public State initialState() {
        return new State(Progress.OPEN, List.of());
    }

    @Override
    public State evolve(State state, ReservationEvent event) {
        return switch (event) {
            case StockReserved reserved -> new State(Progress.RESERVED, reserved.lines());
            case StockReleased _ -> new State(Progress.RELEASED, List.of());
            case StockShipped _ -> new State(Progress.SHIPPED, List.of());
            case StockNotReserved _, StockReturned _ -> state;
        };
    }

    @Override
    public Fold<StockLevel, StockEvent> other() {
        return StockLevel.FOLD;
    }

    /** The products and bins with what is set aside; none before and none afterwards. */
    @Override
    public Set<StreamId> others(ShipStock command, State state) {
        return state.lines().stream()
                .map(line -> Inventory.stream(line.productId()))
                .collect(Collectors.toSet());
    }

    @Override
    public AtomicDecision<ReservationEvent, StockEvent> decide(
            ShipStock command, State state, Map<StreamId, StockLevel> products) {
        return switch (state.progress()) {
            case OPEN -> atHome(reject(NOT_RESERVED));
            case RESERVED ->
                new AtomicDecision<>(
                        accept(new StockShipped(command.orderId())),
                        ReservedLine.events(
                                state.lines(),
                                line -> new PiecesShipped(line.productId(), command.orderId(), line.quantity())));
            case RELEASED -> atHome(reject(ALREADY_RELEASED));
            case SHIPPED -> atHome(nothing());
        };
    }
}
