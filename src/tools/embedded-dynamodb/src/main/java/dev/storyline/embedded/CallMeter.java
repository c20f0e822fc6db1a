package dev.storyline.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many calls each caller made, and how long the one thread of the store worked for it; and how long there was work,
 * which is while at least one job waits for the thread or is done by it.
 */
final class CallMeter {
    /** The name of the work that no call asked for. */
    static final String NOBODY = "";

    private static final ThreadLocal<String> CALLER = new ThreadLocal<>();

    private final Map<String, Total> totals = new ConcurrentHashMap<>();
    private int jobs;
    private long since;
    private long occupied;

    private record Total(LongAdder calls, LongAdder nanos) {}

    /** Runs a call; what the store does in this thread counts as work for its caller. */
    <T> T call(String name, ThrowingSupplier<T> work) throws Exception {
        total(name).calls().increment();
        CALLER.set(name);
        try {
            return work.get();
        } finally {
            CALLER.remove();
        }
    }

    /** A job begins to wait for the thread. */
    synchronized void queued() {
        if (jobs++ == 0) {
            since = System.nanoTime();
        }
    }

    /** The thread is done with a job. */
    synchronized void done() {
        if (--jobs == 0) {
            occupied += System.nanoTime() - since;
        }
    }

    /** The nanoseconds in which there was work. */
    synchronized long occupied() {
        return jobs == 0 ? occupied : occupied + System.nanoTime() - since;
    }

    /** A supplier that may throw. */
    interface ThrowingSupplier<T> {
        T get() throws Exception;
    }

    /** The caller of this thread; null outside of a call. */
    @Nullable
    String caller() {
        return CALLER.get();
    }

    /** Adds work for a caller. */
    void worked(@Nullable String name, long nanos) {
        total(name == null ? NOBODY : name).nanos().add(nanos);
    }

    private Total total(String name) {
        return totals.computeIfAbsent(name, any -> new Total(new LongAdder(), new LongAdder()));
    }

    /** For each caller: the number of its calls, and the nanoseconds of work. */
    Map<String, long[]> totals() {
        Map<String, long[]> all = new TreeMap<>();
        totals.forEach((name, total) ->
                all.put(name, new long[] {total.calls().sum(), total.nanos().sum()}));
        return all;
    }
}
