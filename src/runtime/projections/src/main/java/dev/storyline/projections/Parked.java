package dev.storyline.projections;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a machine stands still at one stream, while all others go on.
 *
 * @param version the first version that it could not step over
 * @param reason what went wrong, one sentence
 * @param at when it was parked first
 * @param kind whether waiting can heal it
 * @param tries how often it was redriven since
 * @param retryAt when it is redriven by itself; null for poison, which waits for a person
 * @param catchingUp whether a redrive is under way: deliveries apply again, and it ends at the stream's head
 */
public record Parked(
        long version,
        String reason,
        Instant at,
        Kind kind,
        int tries,
        @Nullable Instant retryAt,
        boolean catchingUp) {
    /** What stands in the way. */
    public enum Kind {
        /** The story itself: it cannot be read, or cannot be stepped over. */
        POISON,
        /** The surroundings: throttled, unavailable, an open breaker. */
        TRANSIENT
    }

    static Parked poison(long version, String reason, Instant at) {
        return new Parked(version, reason, at, Kind.POISON, 0, null, false);
    }

    static Parked forNow(long version, String reason, Instant at, int tries, Instant retryAt) {
        return new Parked(version, reason, at, Kind.TRANSIENT, tries, retryAt, false);
    }

    Parked whileCatchingUp() {
        return new Parked(version, reason, at, kind, tries, retryAt, true);
    }
}
