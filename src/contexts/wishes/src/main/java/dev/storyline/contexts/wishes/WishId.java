package dev.storyline.contexts.wishes;

import dev.storyline.kernel.Id;

/** Names a wish. */
public record WishId(String value) implements Id {
    public WishId {
        Id.check(value);
    }
}
