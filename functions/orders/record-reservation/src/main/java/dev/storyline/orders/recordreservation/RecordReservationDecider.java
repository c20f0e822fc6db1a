package dev.storyline.orders.recordreservation;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

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
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;

/** An order is reserved once, unless it was cancelled before: then the inventory releases its stock. */
final class RecordReservationDecider implements Decider<RecordReservation, RecordReservationDecider.State, OrderEvent> {
    /** Whether the order waits for its stock. */
    record State(boolean waits) {}

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
            case OrderReserved _, OrderCancelled _ -> new State(false);
            case OrderNotReserved _, OrderPaid _, OrderShipped _, GoodsLeft _, OrderReturned _, OrderRefunded _ ->
                state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(RecordReservation command, State state) {
        return state.waits() ? accept(new OrderReserved(command.orderId())) : nothing();
    }
}
