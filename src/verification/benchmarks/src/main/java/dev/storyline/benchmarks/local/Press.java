package dev.storyline.benchmarks.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Callers that make wishes of new children for a while, each one after the other.
 *
 * @param perSecond accepted commands per second
 * @param latency how long accepted commands took
 * @param statuses how often each status was answered; 0 stands for a broken connection
 * @param worstOwnView the longest time from an acknowledgement until the child's view showed the wish, in seconds
 * @param worstLogistics the same until logistics showed the delivery note
 * @param last the last acknowledged wish of each caller
 */
record Press(
        double perSecond,
        Percentiles latency,
        Map<Integer, Integer> statuses,
        double worstOwnView,
        double worstLogistics,
        List<WishCalls.Wished> last) {
    /** A wish is followed until both views show it, so often. */
    private static final long SAMPLE_EVERY_MS = 250;

    /** Samples the lag of views during a press. A poll comes after a tenth of the time that it measures. */
    private static final class Lag {
        private final WishCalls calls;
        private final List<Long> ownViews = new ArrayList<>();
        private final List<Long> logistics = new ArrayList<>();

        Lag(WishCalls calls) {
            this.calls = calls;
        }

        void follow(WishCalls.Wished wish) throws InterruptedException {
            long own = Waiting.until(() -> calls.isInOwnView(wish), wish.answeredAt());
            long there = Waiting.until(() -> calls.isInLogistics(wish), wish.answeredAt());
            synchronized (this) {
                ownViews.add(own);
                logistics.add(there);
            }
        }

        synchronized double worst(boolean own) {
            return (own ? ownViews : logistics)
                            .stream().mapToLong(Long::longValue).max().orElse(0)
                    / 1e9;
        }
    }

    static Press run(WishCalls calls, int callers, int seconds) throws Exception {
        return run(calls, callers, seconds, () -> {});
    }

    /** What is done when the last caller has its answer, before the lag of the views is known. */
    interface AtTheEnd {
        void run() throws Exception;
    }

    static Press run(WishCalls calls, int callers, int seconds, AtTheEnd atTheEnd) throws Exception {
        AtomicReference<WishCalls.Wished> latest = new AtomicReference<>();
        Lag lag = new Lag(calls);
        List<Future<List<WishCalls.Wished>>> futures = new ArrayList<>();
        List<Future<?>> followed = new ArrayList<>();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                futures.add(threads.submit(() -> callUntil(end, calls, latest)));
            }
            while (System.nanoTime() < end) {
                Thread.sleep(Math.min(SAMPLE_EVERY_MS, seconds * 100L));
                WishCalls.Wished sample = latest.getAndSet(null);
                if (sample != null) {
                    followed.add(threads.submit(() -> {
                        lag.follow(sample);
                        return null;
                    }));
                }
            }
            List<WishCalls.Wished> all = new ArrayList<>();
            List<WishCalls.Wished> last = new ArrayList<>();
            for (Future<List<WishCalls.Wished>> future : futures) {
                List<WishCalls.Wished> some = future.get();
                some.stream()
                        .filter(WishCalls.Wished::accepted)
                        .reduce((_, later) -> later)
                        .ifPresent(last::add);
                all.addAll(some);
            }
            double took = (System.nanoTime() - begin) / 1e9;
            atTheEnd.run();
            for (Future<?> one : followed) {
                one.get();
            }
            return of(all, took, lag, last);
        }
    }

    private static Press of(List<WishCalls.Wished> all, double took, Lag lag, List<WishCalls.Wished> last) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        all.forEach(wish -> statuses.merge(wish.status(), 1, Integer::sum));
        List<Long> nanos = all.stream()
                .filter(WishCalls.Wished::accepted)
                .map(WishCalls.Wished::nanos)
                .toList();
        return new Press(
                nanos.size() / took, new Percentiles(nanos), statuses, lag.worst(true), lag.worst(false), last);
    }

    private static List<WishCalls.Wished> callUntil(long end, WishCalls calls, AtomicReference<WishCalls.Wished> latest)
            throws InterruptedException {
        List<WishCalls.Wished> all = new ArrayList<>();
        do {
            WishCalls.Wished wish = calls.wish();
            all.add(wish);
            if (wish.accepted()) {
                latest.set(wish);
            }
        } while (System.nanoTime() < end);
        return all;
    }
}
