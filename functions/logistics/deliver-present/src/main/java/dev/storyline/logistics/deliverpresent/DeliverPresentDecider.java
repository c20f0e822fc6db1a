package dev.storyline.logistics.deliverpresent;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import org.jspecify.annotations.Nullable;

/** An ordered present is delivered once, unless the order was cancelled. */
final class DeliverPresentDecider implements Decider<DeliverPresent, DeliverPresentDecider.State, OrderEvent> {
    static final Rule ORDER_NOT_FOUND = Rule.unknown("order-not-found", "There is no such order.");
    static final Rule ORDER_CANCELLED = Rule.forbids("order-cancelled", "The order was cancelled: keep the present.");
    static final Rule ALREADY_DELIVERED = Rule.forbids("already-delivered", "The present was delivered already.");

    /** The child that gets the present, null before the order; and the state of the order. */
    record State(@Nullable ChildId child, boolean cancelled, boolean delivered) {}

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, false, false);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case PresentOrdered ordered -> new State(ordered.childId(), state.cancelled(), state.delivered());
            case OrderCancelled _ -> new State(state.child(), true, state.delivered());
            case PresentDelivered _ -> new State(state.child(), state.cancelled(), true);
            case OrderCancelledTooLate _, PresentRecalled _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(DeliverPresent command, State state) {
        if (state.cancelled()) {
            return reject(ORDER_CANCELLED);
        }
        if (state.delivered()) {
            return reject(ALREADY_DELIVERED);
        }
        ChildId child = state.child();
        return child == null ? reject(ORDER_NOT_FOUND) : accept(new PresentDelivered(command.wishId(), child));
    }
}
