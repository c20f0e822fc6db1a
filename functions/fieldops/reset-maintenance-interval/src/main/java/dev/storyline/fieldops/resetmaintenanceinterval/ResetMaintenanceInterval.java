package dev.storyline.fieldops.resetmaintenanceinterval;

import dev.storyline.contexts.fieldops.EquipmentId;
import java.time.Instant;

/**
 * Equipment was maintained.
 *
 * @param equipmentId the equipment
 * @param at the time of the maintenance
 */
public record ResetMaintenanceInterval(EquipmentId equipmentId, Instant at) {}
