package dev.storyline.benchmarks.local;

import java.util.Arrays;
import java.util.Collection;

/** Durations of one kind of call in nanoseconds, with their percentiles in milliseconds. */
final class Percentiles {
    private final long[] sorted;

    Percentiles(Collection<Long> nanos) {
        sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** The duration that this share of the calls does not exceed, in milliseconds; not a number without calls. */
    double millis(double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))] / 1e6;
    }
}
