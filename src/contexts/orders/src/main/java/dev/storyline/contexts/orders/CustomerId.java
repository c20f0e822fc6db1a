package dev.storyline.contexts.orders;

import dev.storyline.kernel.Id;

/** Names a customer. */
public record CustomerId(String value) implements Id {
    public CustomerId {
        Id.check(value);
    }
}
