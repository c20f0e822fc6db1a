package dev.storyline.contexts.maintenance;

import dev.storyline.kernel.Id;

/** Names a piece of equipment, as the field operations do. */
public record EquipmentId(String value) implements Id {
    public EquipmentId {
        Id.check(value);
    }
}
