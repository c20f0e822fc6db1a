package dev.storyline.fieldops.resetmaintenanceinterval;

import dev.storyline.contexts.fieldops.EquipmentId;
import java.time.Instant;

/**
 * What we read of the public event of the context maintenance.
 *
 * @param equipmentId which one
 * @param at when it was maintained
 */
record MaintenanceDone(EquipmentId equipmentId, Instant at) {
    static final String TYPE = "maintenance.MaintenanceDone.v1";
}
