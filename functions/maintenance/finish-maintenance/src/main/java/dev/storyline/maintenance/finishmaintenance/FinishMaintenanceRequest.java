package dev.storyline.maintenance.finishmaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends.
 *
 * @param equipmentId which one, from the path
 * @param note what there is to say
 */
public record FinishMaintenanceRequest(
        EquipmentId equipmentId, @Nullable String note) {}
