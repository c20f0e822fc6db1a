package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Id;

/** Names a region, as field operations do. */
public record RegionId(String value) implements Id {
    public RegionId {
        Id.check(value);
    }
}
