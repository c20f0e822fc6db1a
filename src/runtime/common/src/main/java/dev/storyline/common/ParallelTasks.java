package dev.storyline.common;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** How a process runs independent tasks. A simulation implements it with a schedule of its own. */
@FunctionalInterface
public interface ParallelTasks {
    /** Virtual threads, 16 at once. A single task runs in the calling thread. */
    ParallelTasks REAL = new ParallelTasks() {
        private static final int MOST_AT_ONCE = 16;

        @Override
        public void runAll(List<Runnable> tasks) {
            if (tasks.size() == 1) {
                tasks.getFirst().run();
                return;
            }
            Semaphore places = new Semaphore(MOST_AT_ONCE);
            Deadline deadline = Deadline.current();
            Tally tally = Tally.current();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Runnable task : tasks) {
                    places.acquireUninterruptibly();
                    executor.execute(() -> {
                        try {
                            tally.hold(deadline.hold(task)).run();
                        } finally {
                            places.release();
                        }
                    });
                }
            }
        }
    };

    /** One task after the other, in the calling thread. */
    ParallelTasks ONE_BY_ONE = tasks -> tasks.forEach(Runnable::run);

    /** Runs all tasks, some of them at the same time, and returns when all have ended. The tasks must not throw. */
    void runAll(List<Runnable> tasks);
}
