package dev.storyline.fieldops.equipment;

import dev.storyline.contexts.fieldops.EquipmentEvent;
import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.EquipmentMaintenance.EquipmentServiced;
import dev.storyline.contexts.fieldops.EquipmentRegistration.EquipmentRegistered;
import dev.storyline.contexts.fieldops.EquipmentUse.EquipmentUsed;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One row for each piece of registered equipment, all in one partition. */
final class EquipmentProjection implements Projection<EquipmentProjection.State, EquipmentEvent> {
    /** The partition of the rows. */
    static final String PARTITION = "equipment";

    /**
     * The equipment so far. What was used before its registration has no row yet.
     *
     * @param hourlyRate null while it is not registered
     * @param serviceIntervalHours null while it is not registered
     * @param hoursSinceService the hours of use since the last maintenance
     */
    record State(@Nullable Money hourlyRate, @Nullable BigDecimal serviceIntervalHours, BigDecimal hoursSinceService) {
        State with(BigDecimal hours) {
            return new State(hourlyRate, serviceIntervalHours, hours);
        }
    }

    @Override
    public String name() {
        return "equipment";
    }

    @Override
    public Class<EquipmentEvent> folds() {
        return EquipmentEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, BigDecimal.ZERO);
    }

    @Override
    public Step<State> step(State state, Recorded<EquipmentEvent> event) {
        EquipmentId equipment = event.event().equipmentId();
        return switch (event.event()) {
            case EquipmentRegistered registered ->
                shown(
                        equipment,
                        new State(
                                registered.hourlyRate(), registered.serviceIntervalHours(), state.hoursSinceService()));
            case EquipmentUsed used ->
                shown(equipment, state.with(state.hoursSinceService().add(used.hours())));
            case EquipmentServiced _ -> shown(equipment, state.with(BigDecimal.ZERO));
        };
    }

    private static Step<State> shown(EquipmentId equipment, State next) {
        if (next.hourlyRate() == null || next.serviceIntervalHours() == null) {
            return Step.to(next);
        }
        return Step.to(next)
                .put(
                        new RowKey(PARTITION, equipment.value()),
                        new ListedEquipment(
                                equipment, next.hourlyRate(), next.serviceIntervalHours(), next.hoursSinceService()));
    }
}
