package dev.storyline.contexts.catalogue;

import dev.storyline.kernel.Id;

/** Names a product. */
public record ProductId(String value) implements Id {
    public ProductId {
        Id.check(value);
    }
}
