package dev.storyline.fieldops.resetserviceinterval;

import dev.storyline.contexts.fieldops.EquipmentId;
import java.time.Instant;

/**
 * Equipment was maintained.
 *
 * @param equipmentId which one
 * @param at when it was maintained
 */
public record ResetServiceInterval(EquipmentId equipmentId, Instant at) {}
