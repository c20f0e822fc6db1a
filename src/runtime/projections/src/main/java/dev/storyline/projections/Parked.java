package dev.storyline.projections;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why one stream is parked. All other streams go on.
 *
 * @param version the first version that could not be applied
 * @param reason what went wrong, one sentence
 * @param at when the stream was parked first
 * @param kind whether waiting can help
 * @param tries how often the stream was redriven since
 * @param retryAt when the stream is redriven automatically; null if it waits for an operator
 * @param catchingUp whether a redrive is under way; deliveries apply again, and the redrive ends at the stream's head
 */
public record Parked(
        long version,
        String reason,
        Instant at,
        Kind kind,
        int tries,
        @Nullable Instant retryAt,
        boolean catchingUp) {
    /** What kind of failure parked the stream. */
    public enum Kind {
        /** An event that cannot be read or applied. */
        POISON,
        /** An event whose effect needs a setting that is missing, such as the address of another system. */
        NOT_CONFIGURED,
        /** A failure outside the event: throttling, an unavailable system, an open circuit breaker. */
        TRANSIENT;

        /** The kind as people read it, {@code not-configured}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether nothing but an operator's redrive lets the stream go on. */
    boolean waitsForOperator() {
        return kind != Kind.TRANSIENT && !catchingUp;
    }

    static Parked forNow(long version, String reason, Instant at, int tries, Instant retryAt) {
        return new Parked(version, reason, at, Kind.TRANSIENT, tries, retryAt, false);
    }

    /** A stream that is not at its head because the time was over. The next redrive continues. */
    static Parked unfinished(long version, Instant at) {
        return new Parked(
                version, "The time was over before the stream was at its head", at, Kind.TRANSIENT, 0, at, true);
    }

    Parked whileCatchingUp() {
        return new Parked(version, reason, at, kind, tries, retryAt, true);
    }
}
