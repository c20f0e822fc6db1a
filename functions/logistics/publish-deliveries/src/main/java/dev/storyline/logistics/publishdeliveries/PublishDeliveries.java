package dev.storyline.logistics.publishdeliveries;

import dev.storyline.contexts.logistics.OrderEvent;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Publishes which presents were delivered. All other events of an order stay private. */
final class PublishDeliveries implements StatelessEventHandler<OrderEvent> {
    @Override
    public String name() {
        return "publish-deliveries";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public List<Effect> effects(Recorded<OrderEvent> event) {
        return switch (event.event()) {
            case OrderEvent.PresentDelivered(var wish, var child) ->
                List.of(new Publish("present-delivered", new PresentDelivered(wish, child)));
            case OrderEvent.PresentOrdered _,
                    OrderEvent.OrderCancelled _,
                    OrderEvent.OrderCancelledTooLate _,
                    OrderEvent.PresentRecalled _ -> List.of();
        };
    }
}
