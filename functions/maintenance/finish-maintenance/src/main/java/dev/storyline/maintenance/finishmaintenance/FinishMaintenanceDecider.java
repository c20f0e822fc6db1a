package dev.storyline.maintenance.finishmaintenance;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.maintenance.OrderEvent;
import dev.storyline.contexts.maintenance.OrderEvent.MaintenanceDone;
import dev.storyline.contexts.maintenance.OrderEvent.MaintenanceOrdered;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** Finishes a maintenance order, once. */
final class FinishMaintenanceDecider implements Decider<FinishMaintenance, FinishMaintenanceDecider.State, OrderEvent> {
    static final Rule NOTHING_ORDERED = Rule.forbids("nothing-ordered", "No maintenance of this equipment is ordered.");

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
    public Decision<OrderEvent> decide(FinishMaintenance command, State state) {
        return state.ordered()
                ? accept(new MaintenanceDone(command.equipmentId(), command.at(), command.note()))
                : reject(NOTHING_ORDERED);
    }
}
