package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Id;

/** Names a job, as field operations do. */
public record JobId(String value) implements Id {
    public JobId {
        Id.check(value);
    }
}
