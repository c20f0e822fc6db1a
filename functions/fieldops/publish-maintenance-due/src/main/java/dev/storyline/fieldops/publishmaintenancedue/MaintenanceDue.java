package dev.storyline.fieldops.publishmaintenancedue;

import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Equipment was used as long as it may be without maintenance. What the context fieldops promises to others; the
 * contract is in the context's folder.
 *
 * @param equipmentId which one
 * @param hoursSinceService for how many hours it was used since it was maintained last
 * @param serviceIntervalHours after how many it needs maintenance
 * @param at since when it is due
 */
@EventType("MaintenanceDue")
record MaintenanceDue(
        EquipmentId equipmentId, BigDecimal hoursSinceService, BigDecimal serviceIntervalHours, Instant at) {}
