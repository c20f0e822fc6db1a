package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.eventstore.StoreFailure;
import java.util.function.Supplier;

/** Repeats requests of a rebuild, later each time, while DynamoDB is throttling or unavailable. */
final class Patience {
    private static final int MAX_TRIES = 8;
    private static final long FIRST_PAUSE_NANOS = 50_000_000;
    private static final long LONGEST_PAUSE_NANOS = 4_000_000_000L;

    private final Backoff backoff;

    Patience(Backoff backoff) {
        this.backoff = backoff;
    }

    /**
     * The answer to a request.
     *
     * @throws StoreFailure if the last try failed too
     */
    <T> T ask(Supplier<T> request) {
        for (int tries = 1; ; tries++) {
            try {
                return request.get();
            } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
                backoff.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
            }
        }
    }
}
