package dev.storyline.maintenance.maintenanceorder;

import dev.storyline.contexts.maintenance.EquipmentId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest order for one piece of equipment.
 *
 * @param equipmentId which one
 * @param hours how long it was used since it was maintained before
 * @param intervalHours how long it may be
 * @param dueAt since when it is due
 * @param state {@code ordered} or {@code done}
 * @param doneAt when it was maintained; null while it is ordered
 * @param note what was said about it, or null
 */
public record MaintenanceOrder(
        EquipmentId equipmentId,
        BigDecimal hours,
        BigDecimal intervalHours,
        Instant dueAt,
        String state,
        @Nullable Instant doneAt,
        @Nullable String note) {}
