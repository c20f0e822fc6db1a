package dev.storyline.contexts.orders;

import dev.storyline.kernel.Id;

/** Names a product, as the catalogue does. */
public record ProductId(String value) implements Id {
    public ProductId {
        Id.check(value);
    }
}
