package dev.storyline.maintenance.ordermaintenance;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.maintenance.OrderEvent;
import dev.storyline.contexts.maintenance.OrderEvent.MaintenanceDone;
import dev.storyline.contexts.maintenance.OrderEvent.MaintenanceOrdered;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;

/** Equipment that is due is ordered in, unless it is already. */
final class OrderMaintenanceDecider implements Decider<OrderMaintenance, OrderMaintenanceDecider.State, OrderEvent> {
    /** Whether an order is open. */
    record State(boolean ordered) {}

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case MaintenanceOrdered _ -> new State(true);
            case MaintenanceDone _ -> new State(false);
        };
    }

    @Override
    public Decision<OrderEvent> decide(OrderMaintenance command, State state) {
        return state.ordered()
                ? nothing()
                : accept(new MaintenanceOrdered(
                        command.equipmentId(), command.hours(), command.intervalHours(), command.dueAt()));
    }
}
