package dev.storyline.maintenance.maintenanceorder;

import dev.storyline.contexts.maintenance.OrderEvent;
import dev.storyline.contexts.maintenance.OrderEvent.MaintenanceDone;
import dev.storyline.contexts.maintenance.OrderEvent.MaintenanceOrdered;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import org.jspecify.annotations.Nullable;

/** The latest order is the equipment's own row. */
final class MaintenanceOrderProjection implements Projection<MaintenanceOrderProjection.State, OrderEvent> {
    /** The latest order; null before the first one. */
    record State(@Nullable MaintenanceOrder order) {}

    @Override
    public String name() {
        return "maintenance-order";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public Step<State> step(State state, Recorded<OrderEvent> event) {
        return switch (event.event()) {
            case MaintenanceOrdered(var equipment, var hours, var interval, var dueAt) ->
                shown(new MaintenanceOrder(equipment, hours, interval, dueAt, "ordered", null, null));
            case MaintenanceDone done -> {
                MaintenanceOrder order = state.order();
                yield order == null
                        ? Step.to(state)
                        : shown(new MaintenanceOrder(
                                order.equipmentId(),
                                order.hours(),
                                order.intervalHours(),
                                order.dueAt(),
                                "done",
                                done.at(),
                                done.note()));
            }
        };
    }

    private static Step<State> shown(MaintenanceOrder order) {
        return Step.to(new State(order)).putOwn(order);
    }
}
