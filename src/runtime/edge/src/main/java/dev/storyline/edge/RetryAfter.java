package dev.storyline.edge;

import java.time.Duration;

/** The pause that the other side asked for: the cause of a {@link dev.storyline.common.TransientFailure}. */
final class RetryAfter extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration rest;

    RetryAfter(Duration rest) {
        super("Retry-After: " + rest);
        this.rest = rest;
    }

    Duration rest() {
        return rest;
    }
}
