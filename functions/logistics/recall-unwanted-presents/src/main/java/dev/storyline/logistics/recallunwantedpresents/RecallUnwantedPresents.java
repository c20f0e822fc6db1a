package dev.storyline.logistics.recallunwantedpresents;

import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelled;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.OrderEvent.PresentRecalled;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Effect.Dispatch;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Has a present recalled whose order was cancelled after the delivery. */
final class RecallUnwantedPresents implements StatelessEventHandler<OrderEvent> {
    @Override
    public String name() {
        return "recall-unwanted-presents";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public List<Effect> effects(Recorded<OrderEvent> event) {
        return switch (event.event()) {
            case OrderCancelledTooLate late ->
                List.of(new Dispatch("recall", "recall-present", event.stream(), new RecallPresent(late.wishId())));
            case PresentOrdered _, OrderCancelled _, PresentDelivered _, PresentRecalled _ -> List.of();
        };
    }
}
