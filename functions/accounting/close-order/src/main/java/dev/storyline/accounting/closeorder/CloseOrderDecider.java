package dev.storyline.accounting.closeorder;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.accounting.OrderEvent;
import dev.storyline.contexts.accounting.OrderEvent.OrderClosed;
import dev.storyline.contexts.accounting.OrderEvent.OrderEntryPosted;
import dev.storyline.contexts.accounting.OrderEvent.OrderOpened;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;

/** Closes an order once, also where it overtakes the order. */
final class CloseOrderDecider implements Decider<CloseOrder, CloseOrderDecider.State, OrderEvent> {
    /** Whether the order was closed. */
    record State(boolean closed) {}

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
            case OrderClosed _ -> new State(true);
            case OrderOpened _, OrderEntryPosted _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(CloseOrder command, State state) {
        return state.closed() ? nothing() : accept(new OrderClosed(command.orderId()));
    }
}
