package dev.storyline.accounting.openorder;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.accounting.OrderEvent;
import dev.storyline.contexts.accounting.OrderEvent.OrderClosed;
import dev.storyline.contexts.accounting.OrderEvent.OrderEntryPosted;
import dev.storyline.contexts.accounting.OrderEvent.OrderOpened;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;

/** Opens an order once, also where its payment or its cancellation came first. */
final class OpenOrderDecider implements Decider<OpenOrder, OpenOrderDecider.State, OrderEvent> {
    /** Whether the order was opened. */
    record State(boolean opened) {}

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
            case OrderOpened _ -> new State(true);
            case OrderEntryPosted _, OrderClosed _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(OpenOrder command, State state) {
        return state.opened()
                ? nothing()
                : accept(new OrderOpened(command.orderId(), command.customerId(), command.gross(), command.at()));
    }
}
