package dev.storyline.embedded;

import java.time.Duration;

/**
 * A value that may be used for a second. Changes that are seen end it earlier; the second bounds how old it may be where
 * DynamoDB Local changes something in a way that is not seen here.
 *
 * @param since when it was read, in the nanoseconds of {@link System#nanoTime}
 */
record Kept<T>(T value, long since) {
    private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();

    static <T> Kept<T> now(T value) {
        return new Kept<>(value, System.nanoTime());
    }

    boolean isFresh() {
        return System.nanoTime() - since < LONGEST_NANOS;
    }
}
