package dev.storyline.maintenance.finishmaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mechanic has maintained the equipment.
 *
 * @param equipmentId which one
 * @param note what there is to say
 * @param at when it was finished
 */
public record FinishMaintenance(
        EquipmentId equipmentId, @Nullable String note, Instant at) {}
