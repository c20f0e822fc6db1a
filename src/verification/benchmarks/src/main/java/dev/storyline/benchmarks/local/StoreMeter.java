package dev.storyline.benchmarks.local;

import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.database.LocalDatabase;
import java.util.Map;

/**
 * How long the one thread of a store worked, and for whom.
 *
 * @param wallNanos when it was read, by {@link System#nanoTime}
 * @param busyNanos how long the thread worked on calls, and on its own
 * @param occupiedNanos how long there was work, see {@link EmbeddedDynamoDb#occupied}
 * @param sliceNanos the part for calls that functions of slices made
 */
record StoreMeter(long wallNanos, long busyNanos, long occupiedNanos, long sliceNanos) {
    static StoreMeter of(LocalCloud cloud) {
        Map<String, EmbeddedDynamoDb.Work> work = cloud.work();
        EmbeddedDynamoDb.Work slices = work.get(LocalDatabase.FUNCTIONS);
        return new StoreMeter(
                System.nanoTime(),
                work.values().stream().mapToLong(one -> one.time().toNanos()).sum(),
                cloud.occupied().toNanos(),
                slices == null ? 0 : slices.time().toNanos());
    }

    static StoreMeter parse(String text) {
        String[] words = text.split(" ");
        return new StoreMeter(
                Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    /** What happened between two readings. */
    StoreMeter since(StoreMeter before) {
        return new StoreMeter(
                wallNanos - before.wallNanos,
                busyNanos - before.busyNanos,
                occupiedNanos - before.occupiedNanos,
                sliceNanos - before.sliceNanos);
    }

    @Override
    public String toString() {
        return wallNanos + " " + busyNanos + " " + occupiedNanos + " " + sliceNanos;
    }
}
