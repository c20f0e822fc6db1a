package dev.storyline.common;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What one invocation measures. The endpoint of a function begins it, everything that runs inside adds to it, and the
 * endpoint tells it in one line. {@link ParallelTasks} hands it on to other threads. Outside of an invocation nothing is
 * kept. Thread-safe; its size is bounded.
 */
public final class Tally {
    /** The most values of a metric that are kept: as many as CloudWatch takes in one line. */
    public static final int MOST_VALUES = 100;

    private static final Tally NONE = new Tally();
    private static final ScopedValue<Tally> CURRENT = ScopedValue.newInstance();

    private final Map<Metric, Long> sums = new EnumMap<>(Metric.class);
    private final Map<Metric, Values> values = new EnumMap<>(Metric.class);
    private final Map<String, Long> outcomes = new LinkedHashMap<>();
    private int underWay;
    private long roundTrips;

    /** The tally of the invocation that runs in this thread; one that keeps nothing where none does. */
    public static Tally current() {
        return CURRENT.orElse(NONE);
    }

    /** Does some work whose measurements this tally collects. */
    public <T> T during(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** The same task with this tally, for another thread. */
    Runnable hold(Runnable task) {
        return this == NONE ? task : () -> ScopedValue.where(CURRENT, this).run(task);
    }

    /** Adds to a sum, or one more value. */
    public void add(Metric metric, long value) {
        if (this != NONE) {
            keep(metric, value);
        }
    }

    private synchronized void keep(Metric metric, long value) {
        if (metric.kind() == Metric.Kind.EACH) {
            values.computeIfAbsent(metric, _ -> new Values()).add(value);
        } else if (value != 0) {
            sums.merge(metric, value, Long::sum);
        }
    }

    /** Sets a state. */
    public void set(Metric metric, long value) {
        if (this != NONE) {
            synchronized (this) {
                sums.put(metric, value);
            }
        }
    }

    /** Forgets what was measured of a metric. */
    public synchronized void forget(Metric metric) {
        sums.remove(metric);
        values.remove(metric);
    }

    /** A sum, or a state; 0 if nothing was measured. */
    public synchronized long sum(Metric metric) {
        return sums.getOrDefault(metric, 0L);
    }

    /** Counts one command with this outcome, a word that the code knows. */
    public void outcome(String outcome) {
        if (this != NONE) {
            synchronized (this) {
                outcomes.merge(outcome, 1L, Long::sum);
            }
        }
    }

    /** How many commands have an outcome. */
    public synchronized long commands() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A request to DynamoDB begins. Requests that are under way at the same time are one round trip. */
    public void asked() {
        if (this != NONE) {
            synchronized (this) {
                roundTrips += underWay++ == 0 ? 1 : 0;
            }
        }
    }

    /** A request to DynamoDB has ended. */
    public void answered() {
        if (this != NONE) {
            synchronized (this) {
                underWay--;
            }
        }
    }

    /** The round trips to DynamoDB so far. */
    public synchronized long roundTrips() {
        return roundTrips;
    }

    /** Gives each sum and each state. */
    public synchronized void sums(BiConsumer<Metric, Long> to) {
        sums.forEach(to);
    }

    /** Gives the values of each metric, {@value #MOST_VALUES} at most: of more, the extremes and evenly between them. */
    public synchronized void values(BiConsumer<Metric, long[]> to) {
        values.forEach((metric, kept) -> to.accept(metric, kept.most()));
    }

    /** The commands by their outcomes. */
    public synchronized Map<String, Long> outcomes() {
        return Map.copyOf(outcomes);
    }

    /** Whether nothing was measured. */
    public synchronized boolean isEmpty() {
        return sums.isEmpty() && values.isEmpty() && outcomes.isEmpty();
    }

    /** Some values. When there are too many, every other one of them in the order of size is left out. */
    private static final class Values {
        private long[] kept = new long[4];
        private int size;

        void add(long value) {
            if (size == 2 * MOST_VALUES) {
                long[] fewer = most();
                System.arraycopy(fewer, 0, kept, 0, fewer.length);
                size = fewer.length;
            }
            if (size == kept.length) {
                kept = Arrays.copyOf(kept, Math.min(2 * MOST_VALUES, 2 * size));
            }
            kept[size++] = value;
        }

        long[] most() {
            long[] all = Arrays.copyOf(kept, size);
            if (size <= MOST_VALUES) {
                return all;
            }
            Arrays.sort(all);
            long[] fewer = new long[MOST_VALUES];
            for (int i = 0; i < MOST_VALUES; i++) {
                fewer[i] = all[(int) ((long) i * (size - 1) / (MOST_VALUES - 1))];
            }
            return fewer;
        }
    }
}
