package dev.storyline.orders.cancelunpaidorder;

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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Cancels an order that still waits for its payment. The deadline may come late, twice, or although it was taken back. */
final class CancelUnpaidOrderDecider implements Decider<CancelUnpaidOrder, CancelUnpaidOrderDecider.State, OrderEvent> {
    /** Until when the order is to be paid; null if it does not wait for a payment. */
    record State(@Nullable Instant payBy) {}

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderCreated created -> new State(created.payBy());
            case OrderPaid _, OrderCancelled _ -> new State(null);
            case OrderReserved _, OrderNotReserved _, OrderShipped _, GoodsLeft _, OrderReturned _, OrderRefunded _ ->
                state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(CancelUnpaidOrder command, State state) {
        return command.payBy().equals(state.payBy())
                ? accept(new OrderCancelled(command.orderId(), OrderCancelled.NOT_PAID))
                : nothing();
    }
}
