package dev.storyline.fieldops.registerequipment;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.fieldops.EquipmentRegistration;
import dev.storyline.contexts.fieldops.EquipmentRegistration.EquipmentRegistered;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import org.jspecify.annotations.Nullable;

/** Registers equipment. The same figures record nothing; other figures hold from now on. */
final class RegisterEquipmentDecider
        implements Decider<RegisterEquipment, RegisterEquipmentDecider.State, EquipmentRegistration> {
    /** The last registered figures; null while the equipment is not registered. */
    record State(@Nullable EquipmentRegistered registered) {}

    @Override
    public Class<EquipmentRegistration> folds() {
        return EquipmentRegistration.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public State evolve(State state, EquipmentRegistration event) {
        return switch (event) {
            case EquipmentRegistered registered -> new State(registered);
        };
    }

    @Override
    public Decision<EquipmentRegistration> decide(RegisterEquipment command, State state) {
        return state.registered() != null && isSame(command, state.registered())
                ? nothing()
                : accept(new EquipmentRegistered(
                        command.equipmentId(), command.hourlyRate(), command.serviceIntervalHours()));
    }

    /** Figures are compared by value: 60 and 60.00 are the same rate. */
    private static boolean isSame(RegisterEquipment command, EquipmentRegistered registered) {
        return command.hourlyRate().amount().compareTo(registered.hourlyRate().amount()) == 0
                && command.hourlyRate()
                        .currency()
                        .equals(registered.hourlyRate().currency())
                && command.serviceIntervalHours().compareTo(registered.serviceIntervalHours()) == 0;
    }
}
