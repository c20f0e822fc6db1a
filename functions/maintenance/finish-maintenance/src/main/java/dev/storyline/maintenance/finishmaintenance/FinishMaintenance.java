package dev.storyline.maintenance.finishmaintenance;

import dev.storyline.contexts.maintenance.EquipmentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mechanic has maintained the equipment.
 *
 * @param equipmentId the equipment
 * @param note the note of the mechanic
 * @param at when it was finished
 */
public record FinishMaintenance(
        EquipmentId equipmentId, @Nullable String note, Instant at) {}
