package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Id;

/** Names a piece of equipment. */
public record EquipmentId(String value) implements Id {
    public EquipmentId {
        Id.check(value);
    }
}
