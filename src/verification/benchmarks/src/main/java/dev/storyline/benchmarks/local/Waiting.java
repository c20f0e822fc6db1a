package dev.storyline.benchmarks.local;

import java.util.concurrent.TimeUnit;

/** Waits until something is visible, with polls that are rare enough not to disturb what they measure. */
final class Waiting {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(60);
    private static final long FIRST_PAUSE_MS = 5;

    private Waiting() {}

    /** A condition that is asked over HTTP. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws InterruptedException;
    }

    /**
     * Polls until the condition holds, at intervals of a twentieth of the time that has passed.
     *
     * @param since when the time began, by {@link System#nanoTime}
     * @return the time since then in nanoseconds
     * @throws IllegalStateException if the condition does not hold within an hour
     */
    static long until(Condition condition, long since) throws InterruptedException {
        while (!condition.holds()) {
            long passed = System.nanoTime() - since;
            if (passed > LONGEST_NANOS) {
                throw new IllegalStateException("A view has not caught up within an hour");
            }
            Thread.sleep(Math.max(FIRST_PAUSE_MS, TimeUnit.NANOSECONDS.toMillis(passed) / 20));
        }
        return System.nanoTime() - since;
    }
}
