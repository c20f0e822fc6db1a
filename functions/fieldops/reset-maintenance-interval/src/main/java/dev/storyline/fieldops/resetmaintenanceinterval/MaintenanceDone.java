package dev.storyline.fieldops.resetmaintenanceinterval;

import dev.storyline.contexts.fieldops.EquipmentId;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the context maintenance.
 *
 * @param equipmentId the equipment
 * @param at the time of the maintenance
 */
record MaintenanceDone(EquipmentId equipmentId, Instant at) {
    static final String TYPE = "maintenance.MaintenanceDone.v1";
}
