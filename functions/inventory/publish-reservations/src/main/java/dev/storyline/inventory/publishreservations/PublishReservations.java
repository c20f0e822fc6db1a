package dev.storyline.inventory.publishreservations;

import dev.storyline.contexts.inventory.ReservationEvent;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Publishes what is set aside for an order, and what became of it. The streams of the products stay private. */
final class PublishReservations implements StatelessEventHandler<ReservationEvent> {
    @Override
    public String name() {
        return "publish-reservations";
    }

    @Override
    public Class<ReservationEvent> folds() {
        return ReservationEvent.class;
    }

    @Override
    public List<Effect> effects(Recorded<ReservationEvent> event) {
        Record told = switch (event.event()) {
            case ReservationEvent.StockReserved(var order, var _) -> new StockReserved(order, event.at());
            case ReservationEvent.StockNotReserved(var order, var missing) ->
                new StockNotReserved(order, missing, event.at());
            case ReservationEvent.StockReleased(var order) -> new StockReleased(order, event.at());
            case ReservationEvent.StockShipped(var order) -> new StockShipped(order, event.at());
            case ReservationEvent.StockReturned(var order, var lines) -> new StockReturned(order, lines, event.at());
        };
        return List.of(new Publish("reservation", told));
    }
}
