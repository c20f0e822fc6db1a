package dev.storyline.contexts.maintenance;

import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to the orders for one piece of equipment. */
public sealed interface OrderEvent {
    /** Which equipment. */
    EquipmentId equipmentId();

    /**
     * The equipment needs maintenance.
     *
     * @param hours how long it was used since it was maintained last
     * @param intervalHours how long it may be
     * @param dueAt since when it is due
     */
    @EventType("MaintenanceOrdered")
    record MaintenanceOrdered(EquipmentId equipmentId, BigDecimal hours, BigDecimal intervalHours, Instant dueAt)
            implements OrderEvent {}

    /** The equipment was maintained. */
    @EventType("MaintenanceDone")
    record MaintenanceDone(
            EquipmentId equipmentId, Instant at, @Nullable String note) implements OrderEvent {}
}
