package dev.storyline.logistics.publishdeliveries;

import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;

/** Tells others which presents are where they belong. What becomes of an order otherwise is nobody's business. */
final class PublishDeliveries implements EventHandler<PublishDeliveries.Nothing, OrderEvent> {
    /** It remembers nothing. */
    record Nothing() {}

    @Override
    public String name() {
        return "publish-deliveries";
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
            case OrderEvent.PresentDelivered(var wish, var child) ->
                Reaction.to(nothing, new Publish("present-delivered", new PresentDelivered(wish, child)));
            case OrderEvent.PresentOrdered _,
                    OrderEvent.OrderCancelled _,
                    OrderEvent.OrderCancelledTooLate _,
                    OrderEvent.PresentRecalled _ -> Reaction.to(nothing);
        };
    }
}
