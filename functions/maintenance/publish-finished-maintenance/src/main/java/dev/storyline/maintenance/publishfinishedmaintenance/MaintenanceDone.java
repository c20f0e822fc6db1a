package dev.storyline.maintenance.publishfinishedmaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * The equipment was maintained. A public event of the context maintenance; its contract is in the context's
 * folder.
 *
 * @param equipmentId the equipment
 * @param at the time of the maintenance
 */
@EventType("MaintenanceDone")
record MaintenanceDone(EquipmentId equipmentId, Instant at) {}
