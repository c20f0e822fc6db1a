package dev.storyline.contexts.orders;

import dev.storyline.kernel.Id;

/** Names an order. */
public record OrderId(String value) implements Id {
    public OrderId {
        Id.check(value);
    }
}
