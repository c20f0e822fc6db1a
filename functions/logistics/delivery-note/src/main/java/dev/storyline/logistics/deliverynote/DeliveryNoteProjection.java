package dev.storyline.logistics.deliverynote;

import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.util.Map;

/** One row for each order under the wish's id. An order that was cancelled before it was made has no row. */
final class DeliveryNoteProjection implements Projection<DeliveryNoteProjection.State, OrderEvent> {
    /** Whether there is a row. */
    record State(boolean ordered) {}

    @Override
    public String name() {
        return "delivery-note";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false);
    }

    @Override
    public Step<State> step(State state, Recorded<OrderEvent> event) {
        return switch (event.event()) {
            case PresentOrdered(var wish, var child, var present) ->
                Step.to(new State(true)).put(DeliveryNote.key(wish), new DeliveryNote(wish, child, present, "ordered"));
            case OrderCancelled cancelled -> became(state, cancelled.wishId(), "cancelled");
            case PresentDelivered delivered -> became(state, delivered.wishId(), "delivered");
            case OrderCancelledTooLate late -> became(state, late.wishId(), "unwanted");
            case PresentRecalled recalled -> became(state, recalled.wishId(), "recalled");
        };
    }

    private static Step<State> became(State state, WishId wish, String what) {
        Step<State> step = Step.to(state);
        return state.ordered() ? step.set(DeliveryNote.key(wish), Map.of("state", what)) : step;
    }
}
