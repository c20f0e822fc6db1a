package dev.storyline.maintenance.ordermaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What we read of the public event of the context fieldops.
 *
 * @param equipmentId which one
 * @param hoursSinceService for how many hours it was used since it was maintained last
 * @param serviceIntervalHours for how many it may be
 * @param at since when it is due
 */
record MaintenanceDue(
        EquipmentId equipmentId, BigDecimal hoursSinceService, BigDecimal serviceIntervalHours, Instant at) {
    static final String TYPE = "fieldops.MaintenanceDue.v1";
}
