package dev.storyline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One implementation of the work, with its measured rounds. */
final class Contender {
    /** Prepares the next piece of work. The preparation is not measured. */
    @FunctionalInterface
    interface Work {
        /**
         * Returns the next piece of work.
         *
         * @param n counts from 0 in each thread; each round uses its own threads
         */
        Runnable next(long n);
    }

    private final Work work;
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Long> all = new ArrayList<>();

    Contender(Work work) {
        this.work = work;
    }

    /** Runs the work for a while without measurement. */
    void warmUp(int callers, long nanos) throws Exception {
        round(callers, nanos);
    }

    /** Runs the work for one round and keeps its figures. */
    void measure(int callers, long nanos) throws Exception {
        List<Long> took = round(callers, nanos);
        // Only the time of the work itself counts, so that preparation does not affect any contender.
        perSecond.add(1e9
                * callers
                * took.size()
                / took.stream().mapToLong(Long::longValue).sum());
        all.addAll(took);
    }

    /** Returns the median of the rounds. */
    double perSecond() {
        return perSecond.stream()
                .sorted()
                .skip(perSecond.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Returns a percentile of the latency over all rounds, in milliseconds. The share is from 0 to 1. */
    double millis(double share) {
        return all.stream()
                        .sorted()
                        .skip((long) (share * (all.size() - 1)))
                        .findFirst()
                        .orElseThrow()
                / 1e6;
    }

    private List<Long> round(int callers, long nanos) throws Exception {
        List<Future<List<Long>>> futures = new ArrayList<>();
        List<Long> together = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            long start = System.nanoTime();
            for (int caller = 0; caller < callers; caller++) {
                futures.add(threads.submit(() -> {
                    List<Long> took = new ArrayList<>();
                    for (long n = 0; n == 0 || System.nanoTime() - start < nanos; n++) {
                        Runnable piece = work.next(n);
                        long before = System.nanoTime();
                        piece.run();
                        took.add(System.nanoTime() - before);
                    }
                    return took;
                }));
            }
            for (Future<List<Long>> future : futures) {
                together.addAll(future.get());
            }
        }
        return together;
    }
}
