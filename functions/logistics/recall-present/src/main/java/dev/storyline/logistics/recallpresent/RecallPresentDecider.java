package dev.storyline.logistics.recallpresent;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** A present is recalled once, and only if its order was cancelled too late. */
final class RecallPresentDecider implements Decider<RecallPresent, RecallPresentDecider.State, OrderEvent> {
    static final Rule NOTHING_TO_RECALL =
            Rule.forbids("nothing-to-recall", "Only a present that was cancelled after its delivery is recalled.");

    /** Whether the cancellation came too late, and whether the present was recalled for it. */
    record State(boolean unwanted, boolean recalled) {}

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
            case OrderCancelledTooLate _ -> new State(true, state.recalled());
            case PresentRecalled _ -> new State(state.unwanted(), true);
            case PresentOrdered _, OrderCancelled _, PresentDelivered _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(RecallPresent command, State state) {
        if (state.recalled()) {
            return nothing();
        }
        return state.unwanted() ? accept(new PresentRecalled(command.wishId())) : reject(NOTHING_TO_RECALL);
    }
}
