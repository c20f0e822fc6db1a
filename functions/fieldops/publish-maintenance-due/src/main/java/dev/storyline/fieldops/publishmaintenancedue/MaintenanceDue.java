package dev.storyline.fieldops.publishmaintenancedue;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Equipment was used as long as it may be without maintenance. A public event of the context fieldops; its
 * contract is in the context's folder.
 *
 * @param equipmentId the equipment
 * @param hoursSinceService the hours of use since the last maintenance
 * @param serviceIntervalHours after how many it needs maintenance
 * @param at the time at which the maintenance became due
 */
@EventType("MaintenanceDue")
record MaintenanceDue(
        EquipmentId equipmentId, BigDecimal hoursSinceService, BigDecimal serviceIntervalHours, Instant at) {}
