package dev.storyline.maintenance.publishfinishedmaintenance;

import dev.storyline.contexts.maintenance.OrderEvent;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Publishes which equipment was maintained, and when. The note of the mechanic stays private. */
final class PublishFinishedMaintenance implements StatelessEventHandler<OrderEvent> {
    @Override
    public String name() {
        return "publish-finished-maintenance";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public List<Effect> effects(Recorded<OrderEvent> event) {
        return switch (event.event()) {
            case OrderEvent.MaintenanceDone done ->
                List.of(new Publish("maintenance-done", new MaintenanceDone(done.equipmentId(), done.at())));
            case OrderEvent.MaintenanceOrdered _ -> List.of();
        };
    }
}
