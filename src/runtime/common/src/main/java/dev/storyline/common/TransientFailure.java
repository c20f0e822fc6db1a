package dev.storyline.common;

import org.jspecify.annotations.Nullable;

/**
 * Something outside the event store failed now and may work later: a throttled function, a bus that does not answer, a
 * port whose circuit breaker is open. The request may have been carried out; repeating it under the same key is safe.
 */
public final class TransientFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TransientFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
