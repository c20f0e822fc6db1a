package dev.storyline.contexts.logistics;

import dev.storyline.kernel.Id;

/** Names a child. */
public record ChildId(String value) implements Id {
    public ChildId {
        Id.check(value);
    }
}
