package dev.storyline.maintenance.finishmaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client.
 *
 * @param equipmentId the equipment, from the path
 * @param note the note of the mechanic
 */
public record FinishMaintenanceRequest(
        EquipmentId equipmentId, @Nullable String note) {}
