package dev.storyline.orders.recordmissingstock;

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

/** An order whose stock is missing is cancelled at once, paid or not. */
final class RecordMissingStockDecider
        implements Decider<RecordMissingStock, RecordMissingStockDecider.State, OrderEvent> {
    /** Whether the order may still be cancelled. */
    record State(boolean open) {}

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
            case OrderCancelled _, OrderShipped _ -> new State(false);
            case OrderReserved _, OrderNotReserved _, OrderPaid _, GoodsLeft _, OrderReturned _, OrderRefunded _ ->
                state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(RecordMissingStock command, State state) {
        return state.open()
                ? accept(
                        new OrderNotReserved(command.orderId(), command.missing()),
                        new OrderCancelled(command.orderId(), OrderCancelled.OUT_OF_STOCK))
                : nothing();
    }
}
