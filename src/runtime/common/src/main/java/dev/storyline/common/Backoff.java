package dev.storyline.common;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** How a process waits before it tries again. A simulation implements it without real time. */
@FunctionalInterface
public interface Backoff {
    /**
     * Real pauses with full jitter, after "Exponential Backoff and Jitter" of the AWS Architecture Blog.
     *
     * <p>Each pause seeds its own generator: processes that are restored from one snapshot would all wait for the same
     * time if the snapshot held a generator.
     */
    Backoff REAL = longestNanos ->
            LockSupport.parkNanos(new SplittableRandom(System.nanoTime()).nextLong(Math.max(1, longestNanos)));

    /** Waits for a random part of this time, so that processes that wait for the same thing spread out. */
    void pause(long longestNanos);

    /**
     * Waits before try number {@code tries + 1}: at most the first pause, which doubles with each try up to the
     * longest.
     */
    default void backOff(int tries, long firstNanos, long longestNanos) {
        pause(Math.min(longestNanos, firstNanos << Math.min(tries, 20)));
    }
}
