package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Id;

/** Names a region. */
public record RegionId(String value) implements Id {
    public RegionId {
        Id.check(value);
    }
}
