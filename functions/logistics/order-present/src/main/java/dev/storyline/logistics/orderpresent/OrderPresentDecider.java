package dev.storyline.logistics.orderpresent;

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

/** A present is ordered once, unless its cancellation overtook the order. */
final class OrderPresentDecider implements Decider<OrderPresent, OrderPresentDecider.State, OrderEvent> {
    /** Whether the order was made, or cancelled before it could be made. */
    record State(boolean settled) {}

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
            case PresentOrdered _, OrderCancelled _ -> new State(true);
            case PresentDelivered _, OrderCancelledTooLate _, PresentRecalled _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(OrderPresent command, State state) {
        return state.settled()
                ? nothing()
                : accept(new PresentOrdered(command.wishId(), command.childId(), command.present()));
    }
}
