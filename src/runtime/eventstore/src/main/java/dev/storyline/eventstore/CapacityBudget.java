package dev.storyline.eventstore;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The units of one kind, reads or writes, that a piece of work may consume: a token bucket that holds the units of one
 * second at most. A call reserves what it is expected to cost, and the difference is settled when its cost is known, so
 * that calls at the same time do not all spend the same units. Thread-safe.
 *
 * <p>When DynamoDB throttles, the rate is halved, at most once a second, because calls at the same time are throttled
 * together. After two quiet seconds it rises by a twentieth each second, up to the ceiling, or, where there is none, to
 * twice the rate at which it was throttled; then it is free again.
 */
final class CapacityBudget {
    private static final double NANOS = 1e9;
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final double RISE = 1.05;
    private static final double FREE = Double.POSITIVE_INFINITY;

    private @Nullable Integer ceiling;
    private double backedOff = FREE;
    private double free = FREE;
    private double available;
    private double used;
    private Instant at;
    private Instant throttledAt = Instant.MIN;
    private Instant rateFrom;
    private double usedBefore;
    private double rate;

    CapacityBudget(@Nullable Integer ceiling, Instant now) {
        this.ceiling = ceiling;
        this.at = now;
        this.rateFrom = now;
    }

    /** Sets the ceiling; null for none. */
    synchronized void limit(@Nullable Integer units) {
        ceiling = units;
        available = Math.min(available, units == null ? available : units);
    }

    synchronized double used() {
        return used;
    }

    /** The units consumed in a second, of late. */
    synchronized double rate(Instant now) {
        measure(now);
        return rate;
    }

    /** The rate to which throttling has brought the work down, in units a second; null if nothing throttles. */
    synchronized @Nullable Double backedOff() {
        return backedOff == FREE ? null : backedOff;
    }

    private double allowed() {
        return Math.min(ceiling == null ? FREE : ceiling, backedOff);
    }

    /**
     * Reserves units if there are any.
     *
     * @return 0 if they are reserved, else after how many nanoseconds to ask again
     */
    synchronized long reserve(double units, Instant now) {
        refill(now);
        double allowed = allowed();
        if (allowed == FREE || available >= 0) {
            available -= allowed == FREE ? 0 : units;
            return 0;
        }
        return Math.max(1, (long) Math.ceil(-available / allowed * NANOS));
    }

    /** Tells what a call has cost for which units were reserved. */
    synchronized void settle(double reserved, double cost, Instant now) {
        used += cost;
        if (allowed() != FREE) {
            available -= cost - reserved;
        }
        measure(now);
    }

    private void refill(Instant now) {
        double seconds = Math.max(0, Duration.between(at, now).toNanos() / NANOS);
        at = now;
        rise(seconds, now);
        double allowed = allowed();
        available = allowed == FREE ? 0 : Math.min(allowed, available + seconds * allowed);
    }

    private void rise(double seconds, Instant now) {
        if (backedOff == FREE || now.isBefore(throttledAt.plus(QUIET))) {
            return;
        }
        backedOff *= Math.pow(RISE, seconds);
        if (backedOff >= (ceiling == null ? free : ceiling)) {
            backedOff = FREE;
        }
    }

    /** DynamoDB throttles: gives way. */
    synchronized void giveWay(Instant now) {
        if (now.isBefore(throttledAt.plus(A_SECOND))) {
            return;
        }
        refill(now);
        measure(now);
        double before = Math.min(allowed(), Math.max(1, rate));
        free = backedOff == FREE ? 2 * before : free;
        backedOff = Math.max(1, before / 2);
        available = Math.min(available, 0);
        throttledAt = now;
    }

    private void measure(Instant now) {
        double seconds = Duration.between(rateFrom, now).toNanos() / NANOS;
        // A second is a measure; before the first one has passed, what there is of it.
        if (seconds >= 1 || (rate == 0 && seconds > 0.1)) {
            rate = (used - usedBefore) / seconds;
            usedBefore = used;
            rateFrom = now;
        }
    }
}
