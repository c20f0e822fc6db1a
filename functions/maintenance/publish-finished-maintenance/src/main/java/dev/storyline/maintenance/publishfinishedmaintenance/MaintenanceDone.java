package dev.storyline.maintenance.publishfinishedmaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * The equipment was maintained. What the context maintenance promises to others; the contract is in the context's
 * folder.
 *
 * @param equipmentId which one
 * @param at when it was maintained
 */
@EventType("MaintenanceDone")
record MaintenanceDone(EquipmentId equipmentId, Instant at) {}
