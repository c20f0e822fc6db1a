package dev.storyline.fieldops.equipmentusage;

import dev.storyline.contexts.fieldops.EquipmentEvent;
import dev.storyline.contexts.fieldops.EquipmentRegistration.EquipmentRegistered;
import dev.storyline.contexts.fieldops.EquipmentUse.EquipmentUsed;
import dev.storyline.contexts.fieldops.Money;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One row for each use under the equipment's partition, by day; the equipment's own row has the rest. */
final class EquipmentUsageProjection implements Projection<EquipmentUsageProjection.Equipment, EquipmentEvent> {
    /** The equipment's own row; nulls while it is not registered. */
    record Equipment(@Nullable Money hourlyRate, @Nullable BigDecimal serviceIntervalHours, BigDecimal totalHours) {}

    @Override
    public String name() {
        return "equipment-usage";
    }

    @Override
    public Class<EquipmentEvent> folds() {
        return EquipmentEvent.class;
    }

    @Override
    public Equipment initialState() {
        return new Equipment(null, null, BigDecimal.ZERO);
    }

    @Override
    public Step<Equipment> step(Equipment state, Recorded<EquipmentEvent> event) {
        return switch (event.event()) {
            case EquipmentRegistered registered ->
                shown(new Equipment(registered.hourlyRate(), registered.serviceIntervalHours(), state.totalHours()));
            case EquipmentUsed used ->
                shown(new Equipment(
                                state.hourlyRate(),
                                state.serviceIntervalHours(),
                                state.totalHours().add(used.hours())))
                        .put(
                                new RowKey(
                                        event.stream().toString(),
                                        String.format(Locale.ROOT, "%s#%012d", used.on(), event.version())),
                                new EquipmentHours(used.jobId(), used.on(), used.hours()));
        };
    }

    private static Step<Equipment> shown(Equipment next) {
        return Step.to(next).putOwn(next);
    }
}
