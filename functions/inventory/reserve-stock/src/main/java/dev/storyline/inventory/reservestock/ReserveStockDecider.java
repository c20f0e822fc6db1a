package dev.storyline.inventory.reservestock;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.Picks;
import dev.storyline.contexts.inventory.ReservationEvent;
import dev.storyline.contexts.inventory.ReservationEvent.StockNotReserved;
import dev.storyline.contexts.inventory.ReservationEvent.StockReleased;
import dev.storyline.contexts.inventory.ReservationEvent.StockReserved;
import dev.storyline.contexts.inventory.ReservationEvent.StockReturned;
import dev.storyline.contexts.inventory.ReservationEvent.StockShipped;
import dev.storyline.contexts.inventory.ReservedLine;
import dev.storyline.contexts.inventory.StockEvent;
import dev.storyline.contexts.inventory.StockEvent.PiecesReserved;
import dev.storyline.contexts.inventory.StockLevel;
import dev.storyline.contexts.inventory.StockLine;
import dev.storyline.contexts.inventory.StockShards;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order's stream knows whether it has its products already; the stream of each product knows what is available.
 * The decision reads all of them and records in all of them, so an order has all of its products or none, and nobody
 * else has them. Of a hot product it reads one bin, and the others only if that one has too little.
 */
final class ReserveStockDecider
        implements AtomicDecider<ReserveStock, ReserveStockDecider.State, ReservationEvent, StockLevel, StockEvent> {
    static final Rule NO_LINES = Rule.forbids("no-lines", "An order wants at least one product.");
    static final Rule TOO_MANY_LINES = Rule.forbids("too-many-lines", "An order has at most 90 lines.");
    static final Rule QUANTITY_OUT_OF_RANGE =
            Rule.forbids("quantity-out-of-range", "A line has 1 to 1,000,000 pieces.");
    static final Rule ALREADY_RESERVED =
            Rule.forbids("already-reserved", "Other products or quantities are reserved for this order.");
    static final Rule ALREADY_RELEASED = Rule.forbids("already-released", "The stock of this order was released.");
    static final Rule ALREADY_SHIPPED =
            Rule.forbids("already-shipped", "The products of this order have left the warehouse.");
    static final Rule NOT_IN_STOCK = Rule.forbids("not-in-stock", "Less is available than the order wants.");

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
     * @param lines what is set aside for it; empty before that
     */
    record State(Progress progress, List<ReservedLine> lines) {}

    private final StockShards shards;

    ReserveStockDecider(StockShards shards) {
        this.shards = shards;
    }

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
            case StockReleased _ -> new State(Progress.RELEASED, state.lines());
            case StockShipped _ -> new State(Progress.SHIPPED, state.lines());
            case StockNotReserved _, StockReturned _ -> state;
        };
    }

    @Override
    public Fold<StockLevel, StockEvent> other() {
        return StockLevel.FOLD;
    }

    /** What the order's own stream forbids, or has done already, needs no product. */
    @Override
    public Set<StreamId> others(ReserveStock command, State state) {
        if (broken(command, state) != null || state.progress() == Progress.RESERVED) {
            return Set.of();
        }
        return command.lines().stream()
                .map(line -> Inventory.stream(
                        shards.of(line.productId(), command.orderId()).getFirst()))
                .collect(Collectors.toSet());
    }

    /** All bins of a product of which those that were read have too little. */
    @Override
    public Set<StreamId> more(ReserveStock command, State state, Map<StreamId, StockLevel> products) {
        return picks(command, products).missing().stream()
                .flatMap(missing -> shards.of(missing.productId()).stream())
                .map(Inventory::stream)
                .collect(Collectors.toSet());
    }

    @Override
    public AtomicDecision<ReservationEvent, StockEvent> decide(
            ReserveStock command, State state, Map<StreamId, StockLevel> products) {
        Rule broken = broken(command, state);
        if (broken != null) {
            return atHome(reject(broken));
        }
        if (state.progress() == Progress.RESERVED) {
            return atHome(nothing());
        }
        Picks picks = picks(command, products);
        AtomicDecision<ReservationEvent, StockEvent> decision = picks.missing().isEmpty()
                ? new AtomicDecision<>(
                        accept(new StockReserved(command.orderId(), picks.taken())),
                        ReservedLine.events(
                                picks.taken(),
                                line -> new PiecesReserved(line.productId(), command.orderId(), line.quantity())))
                : atHome(reject(NOT_IN_STOCK, new StockNotReserved(command.orderId(), picks.missing())));
        Set<StreamId> ignored = new HashSet<>(products.keySet());
        picks.decisive().forEach(bin -> ignored.remove(Inventory.stream(bin)));
        return decision.ignoring(ignored);
    }

    /** What the order gets from the bins that were read. */
    private Picks picks(ReserveStock command, Map<StreamId, StockLevel> read) {
        return Picks.of(
                command.orderId(),
                StockLine.oneEach(command.lines()),
                shards,
                bin -> Objects.requireNonNullElse(read.get(Inventory.stream(bin)), StockLevel.NONE));
    }

    /** What forbids the command whatever is in stock. */
    private static @Nullable Rule broken(ReserveStock command, State state) {
        if (command.lines().isEmpty()) {
            return NO_LINES;
        }
        if (command.lines().size() > StockLine.MOST_LINES) {
            return TOO_MANY_LINES;
        }
        if (!command.lines().stream().allMatch(StockLine::inRange)) {
            return QUANTITY_OUT_OF_RANGE;
        }
        return switch (state.progress()) {
            case OPEN -> null;
            case RESERVED ->
                Set.copyOf(StockLine.oneEach(command.lines())).equals(Set.copyOf(ReservedLine.wanted(state.lines())))
                        ? null
                        : ALREADY_RESERVED;
            case RELEASED -> ALREADY_RELEASED;
            case SHIPPED -> ALREADY_SHIPPED;
        };
    }
}
