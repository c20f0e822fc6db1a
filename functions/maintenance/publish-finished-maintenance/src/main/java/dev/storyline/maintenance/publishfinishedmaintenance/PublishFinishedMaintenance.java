package dev.storyline.maintenance.publishfinishedmaintenance;

import dev.storyline.contexts.maintenance.OrderEvent;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;

/** Tells others which equipment was maintained, and when. What there was to say about it stays here. */
final class PublishFinishedMaintenance implements EventHandler<PublishFinishedMaintenance.Nothing, OrderEvent> {
    /** It remembers nothing. */
    record Nothing() {}

    @Override
    public String name() {
        return "publish-finished-maintenance";
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
            case OrderEvent.MaintenanceDone done ->
                Reaction.to(
                        nothing, new Publish("maintenance-done", new MaintenanceDone(done.equipmentId(), done.at())));
            case OrderEvent.MaintenanceOrdered _ -> Reaction.to(nothing);
        };
    }
}
