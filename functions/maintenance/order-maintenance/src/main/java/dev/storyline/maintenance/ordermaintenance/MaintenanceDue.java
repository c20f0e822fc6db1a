package dev.storyline.maintenance.ordermaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the context fieldops.
 *
 * @param equipmentId the equipment
 * @param hoursSinceService the hours of use since the last maintenance
 * @param serviceIntervalHours for how many it may be
 * @param at the time at which the maintenance became due
 */
record MaintenanceDue(
        EquipmentId equipmentId, BigDecimal hoursSinceService, BigDecimal serviceIntervalHours, Instant at) {
    static final String TYPE = "fieldops.MaintenanceDue.v1";
}
