package dev.storyline.maintenance.maintenanceorder;

import dev.storyline.contexts.maintenance.EquipmentId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest order for one piece of equipment.
 *
 * @param equipmentId the equipment
 * @param hours how long it was used since it was maintained before
 * @param intervalHours the hours of use between maintenances
 * @param dueAt the time at which the maintenance became due
 * @param state {@code ordered} or {@code done}
 * @param doneAt the time of the maintenance; null while it is ordered
 * @param note the note of the mechanic, or null
 */
public record MaintenanceOrder(
        EquipmentId equipmentId,
        BigDecimal hours,
        BigDecimal intervalHours,
        Instant dueAt,
        String state,
        @Nullable Instant doneAt,
        @Nullable String note) {}
