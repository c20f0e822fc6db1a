package dev.storyline.fieldops.resetmaintenanceinterval;

import dev.storyline.contexts.fieldops.EquipmentId;
import java.time.Instant;

/**
 * Equipment was maintained.
 *
 * @param equipmentId which one
 * @param at when it was maintained
 */
public record ResetMaintenanceInterval(EquipmentId equipmentId, Instant at) {}
