package dev.storyline.orders.recorddeparture;

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

/** The goods of an order leave once. */
final class RecordDepartureDecider implements Decider<RecordDeparture, RecordDepartureDecider.State, OrderEvent> {
    /** Whether the order was shipped and its goods have not left. */
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
            case OrderShipped _ -> new State(true);
            case GoodsLeft _ -> new State(false);
            case OrderCreated _,
                    OrderReserved _,
                    OrderNotReserved _,
                    OrderPaid _,
                    OrderCancelled _,
                    OrderReturned _,
                    OrderRefunded _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(RecordDeparture command, State state) {
        return state.waits() ? accept(new GoodsLeft(command.orderId())) : nothing();
    }
}
