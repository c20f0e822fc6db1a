package dev.storyline.contexts.maintenance;

import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The events of the maintenance orders for one piece of equipment. */
public sealed interface OrderEvent {
    /** The equipment. */
    EquipmentId equipmentId();

    /**
     * The equipment needs maintenance.
     *
     * @param hours the hours of use since the last maintenance
     * @param intervalHours the hours of use between maintenances
     * @param dueAt the time at which the maintenance became due
     */
    @EventType("MaintenanceOrdered")
    record MaintenanceOrdered(EquipmentId equipmentId, BigDecimal hours, BigDecimal intervalHours, Instant dueAt)
            implements OrderEvent {}

    /** The equipment was maintained. */
    @EventType("MaintenanceDone")
    record MaintenanceDone(
            EquipmentId equipmentId, Instant at, @Nullable String note) implements OrderEvent {}
}
