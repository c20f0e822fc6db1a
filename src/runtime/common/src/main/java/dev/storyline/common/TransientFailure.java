package dev.storyline.common;

import org.jspecify.annotations.Nullable;

/**
 * Something outside the event store could not do its part now and may later: a function that is throttled, a bus that does
 * not answer, a port whose breaker is open. What was asked for may have happened; asking again under the same key is safe.
 */
public final class TransientFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TransientFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
