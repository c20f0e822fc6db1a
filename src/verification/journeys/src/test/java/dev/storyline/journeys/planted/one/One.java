package dev.storyline.journeys.planted.one;

import dev.storyline.journeys.planted.other.Other;
import org.jspecify.annotations.Nullable;

/** Half of a planted cycle of packages. */
public final class One {
    private final @Nullable Other next;

    public One(@Nullable Other next) {
        this.next = next;
    }

    /** Checks whether there is a next one. */
    public boolean hasNext() {
        return next != null;
    }
}
