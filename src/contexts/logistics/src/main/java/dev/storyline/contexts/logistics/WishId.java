package dev.storyline.contexts.logistics;

import dev.storyline.kernel.Id;

/** Names a wish, and with it the order of its present. */
public record WishId(String value) implements Id {
    public WishId {
        Id.check(value);
    }
}
