package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** The maintenance of equipment. */
public sealed interface EquipmentMaintenance extends EquipmentEvent {
    /**
     * The equipment was maintained, and the hours of its interval count from 0 again.
     *
     * @param at the time that the maintenance reported
     */
    @EventType("EquipmentServiced")
    record EquipmentServiced(EquipmentId equipmentId, Instant at) implements EquipmentMaintenance {}
}
