package dev.storyline.common;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** How waiting and doing side by side are done: really, or as a simulation wants it, which knows no time. */
public interface Backoff {
    /** Real pauses with full jitter, real threads. */
    Backoff REAL = new Backoff() {
        private static final int MOST_AT_ONCE = 16;

        @Override
        public void pause(long atMostNanos) {
            // Seeded now: a generator kept from before a snapshot would let all that are restored from it wait alike.
            LockSupport.parkNanos(new SplittableRandom(System.nanoTime()).nextLong(Math.max(1, atMostNanos)));
        }

        @Override
        public void sideBySide(List<Runnable> tasks) {
            if (tasks.size() == 1) {
                tasks.getFirst().run();
                return;
            }
            Semaphore places = new Semaphore(MOST_AT_ONCE);
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Runnable task : tasks) {
                    places.acquireUninterruptibly();
                    executor.execute(() -> {
                        try {
                            task.run();
                        } finally {
                            places.release();
                        }
                    });
                }
            }
        }
    };

    /** Waits for a random part of this time, so that those who wait for one thing spread out. */
    void pause(long atMostNanos);

    /** Runs all tasks, some of them at the same time, and returns when all are done. They must not throw. */
    void sideBySide(List<Runnable> tasks);

    /** Waits before try number {@code tries + 1}, doubling a first bound up to a longest. */
    default void backOff(int tries, long firstNanos, long longestNanos) {
        pause(Math.min(longestNanos, firstNanos << Math.min(tries, 20)));
    }
}
