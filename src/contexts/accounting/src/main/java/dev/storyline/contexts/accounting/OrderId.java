package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Id;

/** Names an order, as the context orders does. */
public record OrderId(String value) implements Id {
    public OrderId {
        Id.check(value);
    }
}
