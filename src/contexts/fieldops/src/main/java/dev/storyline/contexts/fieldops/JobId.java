package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Id;

/** Names a job. */
public record JobId(String value) implements Id {
    public JobId {
        Id.check(value);
    }
}
