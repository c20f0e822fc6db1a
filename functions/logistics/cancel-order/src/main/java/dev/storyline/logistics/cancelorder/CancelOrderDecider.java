package dev.storyline.logistics.cancelorder;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;

/** An order is cancelled once: before it came, before the delivery, or too late. */
final class CancelOrderDecider implements Decider<CancelOrder, CancelOrderDecider.State, OrderEvent> {
    /** The state of the order. */
    record State(boolean delivered, boolean cancelled) {}

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false, false);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case PresentDelivered _ -> new State(true, state.cancelled());
            case OrderCancelled _, OrderCancelledTooLate _ -> new State(state.delivered(), true);
            case PresentOrdered _, PresentRecalled _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(CancelOrder command, State state) {
        if (state.cancelled()) {
            return nothing();
        }
        return accept(
                state.delivered() ? new OrderCancelledTooLate(command.wishId()) : new OrderCancelled(command.wishId()));
    }
}
