package dev.storyline.fieldops.resetmaintenanceinterval;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.EquipmentEvent;
import dev.storyline.contexts.fieldops.EquipmentMaintenance.EquipmentServiced;
import dev.storyline.contexts.fieldops.EquipmentRegistration.EquipmentRegistered;
import dev.storyline.contexts.fieldops.EquipmentUse.EquipmentUsed;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** Records each maintenance of equipment that is registered. */
final class ResetMaintenanceIntervalDecider
        implements Decider<ResetMaintenanceInterval, ResetMaintenanceIntervalDecider.State, EquipmentEvent> {
    static final Rule EQUIPMENT_NOT_FOUND = Rule.unknown("equipment-not-found", "There is no such equipment.");

    /** Whether the equipment is registered. */
    record State(boolean registered) {}

    @Override
    public Class<EquipmentEvent> folds() {
        return EquipmentEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false);
    }

    @Override
    public State evolve(State state, EquipmentEvent event) {
        return switch (event) {
            case EquipmentRegistered _ -> new State(true);
            case EquipmentUsed _, EquipmentServiced _ -> state;
        };
    }

    @Override
    public Decision<EquipmentEvent> decide(ResetMaintenanceInterval command, State state) {
        return state.registered()
                ? accept(new EquipmentServiced(command.equipmentId(), command.at()))
                : reject(EQUIPMENT_NOT_FOUND);
    }
}
