package dev.storyline.local.history;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts read units, and keeps all threads together below a number of them in a second. Thread-safe. */
final class ReadCeiling {
    private final int unitsPerSecond;
    private final DoubleAdder units = new DoubleAdder();
    private final long startedAt = System.nanoTime();

    /**
     * A ceiling.
     *
     * @param unitsPerSecond the most units in a second; 0 for no ceiling
     */
    ReadCeiling(int unitsPerSecond) {
        this.unitsPerSecond = unitsPerSecond;
    }

    double units() {
        return units.sum();
    }

    /** Counts what was read, and waits until the next page is due. */
    void count(double more) throws InterruptedException {
        units.add(more);
        if (unitsPerSecond > 0) {
            TimeUnit.NANOSECONDS.sleep(startedAt + (long) (units.sum() / unitsPerSecond * 1e9) - System.nanoTime());
        }
    }
}
