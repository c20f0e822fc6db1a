package dev.storyline.benchmarks.local;

import dev.storyline.local.LocalCloud;
import java.util.Optional;

/** Reads how long the store of a local cloud was busy, and for whom. */
@FunctionalInterface
interface StoreMeter {
    /**
     * What the store did since its start.
     *
     * @param wallNanos when it was read, by {@link System#nanoTime}
     * @param busyNanos how long the store worked on calls
     * @param sliceNanos the part for calls that functions of slices made
     */
    record Reading(long wallNanos, long busyNanos, long sliceNanos) {
        static Reading parse(String text) {
            String[] words = text.split(" ");
            return new Reading(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }

        /** What happened between two readings. */
        Reading since(Reading before) {
            return new Reading(
                    wallNanos - before.wallNanos, busyNanos - before.busyNanos, sliceNanos - before.sliceNanos);
        }

        @Override
        public String toString() {
            return wallNanos + " " + busyNanos + " " + sliceNanos;
        }
    }

    /** The reading now; empty where the store has no meter. */
    Optional<Reading> read();

    /** The meter of a running cloud. */
    static StoreMeter of(LocalCloud cloud) {
        // PLACE OF THE METER: the store of this cloud counts nothing yet. Read its meter here when it has one.
        return Optional::empty;
    }
}
