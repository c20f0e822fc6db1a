package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Id;

/** Names a crew. */
public record CrewId(String value) implements Id {
    public CrewId {
        Id.check(value);
    }
}
