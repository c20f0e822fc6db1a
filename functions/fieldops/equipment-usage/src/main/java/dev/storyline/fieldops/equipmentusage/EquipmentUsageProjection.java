package dev.storyline.fieldops.equipmentusage;

import dev.storyline.contexts.fieldops.EquipmentEvent;
import dev.storyline.contexts.fieldops.EquipmentMaintenance.EquipmentServiced;
import dev.storyline.contexts.fieldops.EquipmentRegistration.EquipmentRegistered;
import dev.storyline.contexts.fieldops.EquipmentUse.EquipmentUsed;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row for each use under the equipment's partition, by day; the equipment's own row has the rest. */
final class EquipmentUsageProjection implements Projection<EquipmentUsageProjection.Equipment, EquipmentEvent> {
    /**
     * The equipment's own row.
     *
     * @param hourlyRate null while it is not registered
     * @param serviceIntervalHours null while it is not registered
     * @param totalHours the hours of use
     * @param hoursSinceService the hours of use since the last maintenance; null in rows from before there was
     * maintenance
     * @param servicedAt the time of that maintenance
     */
    record Equipment(
            @Nullable Money hourlyRate,
            @Nullable BigDecimal serviceIntervalHours,
            BigDecimal totalHours,
            @Nullable BigDecimal hoursSinceService,
            @Nullable Instant servicedAt) {
        /** The hours of use since the last maintenance, or since the registration. */
        BigDecimal sinceService() {
            return Objects.requireNonNullElse(hoursSinceService, totalHours);
        }
    }

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
        return new Equipment(null, null, BigDecimal.ZERO, null, null);
    }

    @Override
    public Step<Equipment> step(Equipment state, Recorded<EquipmentEvent> event) {
        return switch (event.event()) {
            case EquipmentRegistered registered ->
                shown(new Equipment(
                        registered.hourlyRate(),
                        registered.serviceIntervalHours(),
                        state.totalHours(),
                        state.hoursSinceService(),
                        state.servicedAt()));
            case EquipmentUsed used -> used(state, used, event);
            case EquipmentServiced serviced ->
                shown(new Equipment(
                        state.hourlyRate(),
                        state.serviceIntervalHours(),
                        state.totalHours(),
                        BigDecimal.ZERO,
                        serviced.at()));
        };
    }

    private static Step<Equipment> used(Equipment state, EquipmentUsed used, Recorded<EquipmentEvent> event) {
        return shown(new Equipment(
                        state.hourlyRate(),
                        state.serviceIntervalHours(),
                        state.totalHours().add(used.hours()),
                        state.sinceService().add(used.hours()),
                        state.servicedAt()))
                .put(
                        new RowKey(
                                event.stream().toString(),
                                String.format(Locale.ROOT, "%s#%012d", used.on(), event.version())),
                        new EquipmentHours(used.jobId(), used.on(), used.hours()));
    }

    private static Step<Equipment> shown(Equipment next) {
        return Step.to(next).putOwn(next);
    }
}
