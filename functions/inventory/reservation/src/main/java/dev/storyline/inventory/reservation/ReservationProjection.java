package dev.storyline.inventory.reservation;

import dev.storyline.contexts.inventory.ReservationEvent;
import dev.storyline.contexts.inventory.ReservationEvent.StockNotReserved;
import dev.storyline.contexts.inventory.ReservationEvent.StockReleased;
import dev.storyline.contexts.inventory.ReservationEvent.StockReserved;
import dev.storyline.contexts.inventory.ReservationEvent.StockReturned;
import dev.storyline.contexts.inventory.ReservationEvent.StockShipped;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Each order has one row, its own. */
final class ReservationProjection implements Projection<ReservationProjection.State, ReservationEvent> {
    /** The reservation so far, of 90 lines at most; null before the first event. */
    record State(@Nullable Reservation reservation) {}

    @Override
    public String name() {
        return "reservation";
    }

    @Override
    public Class<ReservationEvent> folds() {
        return ReservationEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public Step<State> step(State state, Recorded<ReservationEvent> event) {
        Reservation before = Objects.requireNonNullElseGet(
                state.reservation(), () -> Reservation.none(event.event().orderId()));
        Reservation after = switch (event.event()) {
            case StockReserved reserved -> before.reserved(reserved.lines());
            case StockNotReserved refused -> before.refused(refused.missing());
            case StockReleased _ -> before.in("released");
            case StockShipped _ -> before.in("shipped");
            case StockReturned back -> before.with(back.lines());
        };
        return Step.to(new State(after)).putOwn(after);
    }
}
