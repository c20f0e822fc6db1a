package dev.storyline.journeys.planted.other;

import dev.storyline.journeys.planted.one.One;
import org.jspecify.annotations.Nullable;

/** Half of a planted cycle of packages. */
public final class Other {
    private final @Nullable One next;

    public Other(@Nullable One next) {
        this.next = next;
    }

    /** Checks whether there is a next one. */
    public boolean hasNext() {
        return next != null;
    }
}
