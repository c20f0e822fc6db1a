package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** How equipment is looked after. */
public sealed interface EquipmentMaintenance extends EquipmentEvent {
    /**
     * The equipment was maintained: the hours of its interval count from 0 again.
     *
     * @param at when, as those said who maintained it
     */
    @EventType("EquipmentServiced")
    record EquipmentServiced(EquipmentId equipmentId, Instant at) implements EquipmentMaintenance {}
}
