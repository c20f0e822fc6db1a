package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Id;

/** Names a customer, as other contexts do. */
public record CustomerId(String value) implements Id {
    public CustomerId {
        Id.check(value);
    }
}
