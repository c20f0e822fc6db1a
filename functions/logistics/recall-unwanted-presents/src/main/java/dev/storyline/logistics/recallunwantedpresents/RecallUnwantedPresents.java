package dev.storyline.logistics.recallunwantedpresents;

import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.kernel.Effect.Dispatch;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;

/** Has every present recalled that was delivered and then not wanted. */
final class RecallUnwantedPresents implements EventHandler<RecallUnwantedPresents.Nothing, OrderEvent> {
    /** It remembers nothing. */
    record Nothing() {}

    @Override
    public String name() {
        return "recall-unwanted-presents";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public Nothing initialState() {
        return new Nothing();
    }

    @Override
    public Reaction<Nothing> on(Nothing nothing, Recorded<OrderEvent> event) {
        return switch (event.event()) {
            case OrderCancelledTooLate late ->
                Reaction.to(
                        nothing,
                        new Dispatch("recall", "recall-present", event.stream(), new RecallPresent(late.wishId())));
            case PresentOrdered _, OrderCancelled _, PresentDelivered _, PresentRecalled _ -> Reaction.to(nothing);
        };
    }
}
