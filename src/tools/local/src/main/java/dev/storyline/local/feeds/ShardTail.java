package dev.storyline.local.feeds;

import dev.storyline.local.feeds.ChangeStream.ChangeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest records of a shard, as many as memory allows, and where to read on. */
final class ShardTail {
    private static final int MOST_RECORDS = 2_000;
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private final NavigableMap<String, ChangeRecord> records = new TreeMap<>();
    private long bytes;

    /** All records after this one are kept; null for the oldest record of the shard. */
    private @Nullable String from;

    private @Nullable String last;
    private @Nullable String iterator;
    private boolean ended;
    private long readAt;

    /** Begins after a record; null for the oldest record of the shard. */
    ShardTail(@Nullable String from) {
        this.from = from;
        this.last = from;
    }

    /** Whether the records after a position are here, or will be read next. */
    boolean covers(@Nullable String position) {
        return from == null || (position != null && position.compareTo(from) >= 0);
    }

    /** Whether everything up to a position was read. */
    boolean reaches(@Nullable String position) {
        return position == null || (last != null && last.compareTo(position) >= 0);
    }

    /** The kept records after a position. */
    List<ChangeRecord> after(@Nullable String position, int most) {
        NavigableMap<String, ChangeRecord> rest = position == null ? records : records.tailMap(position, false);
        List<ChangeRecord> some = new ArrayList<>();
        for (ChangeRecord record : rest.values()) {
            if (some.size() == most) {
                break;
            }
            some.add(record);
        }
        return some;
    }

    /**
     * Adds what was read.
     *
     * @param next the iterator for the next read; null where the shard has ended
     * @param at the number of writes before this read, if it reached the end of the shard; 0 if there is more
     */
    void append(List<ChangeRecord> read, @Nullable String next, long at) {
        for (ChangeRecord record : read) {
            records.put(record.sequence(), record);
            bytes += record.size();
            last = record.sequence();
        }
        while (records.size() > MOST_RECORDS || (bytes > MOST_BYTES && records.size() > 1)) {
            ChangeRecord oldest = records.pollFirstEntry().getValue();
            bytes -= oldest.size();
            from = oldest.sequence();
        }
        iterator = next;
        ended = next == null;
        readAt = at;
    }

    /** The sequence number of the last record that was read; null if there was none. */
    @Nullable
    String last() {
        return last;
    }

    /** The iterator for the next read; null where there is none yet. */
    @Nullable
    String iterator() {
        return iterator;
    }

    /** Whether the shard has ended. */
    boolean isEnded() {
        return ended;
    }

    /** The number of writes before the last read that reached the end of the shard. */
    long readAt() {
        return readAt;
    }
}
