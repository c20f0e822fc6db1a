package dev.storyline.projections;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a view as query handlers and gatekeepers read them, stored or folded. */
public interface View {
    /** The position of the view in a stream, and the stream's own row. */
    StreamPosition head(StreamId stream);

    /** One row, or null if there is none. */
    <R extends Record> @Nullable R row(RowKey key, Class<R> type);

    /** The rows under these keys that exist, of a stored view a hundred for each round trip. */
    default <R extends Record> Map<RowKey, R> rows(Collection<RowKey> keys, Class<R> type) {
        Map<RowKey, R> found = new HashMap<>();
        for (RowKey key : keys) {
            R row = row(key, type);
            if (row != null) {
                found.put(key, row);
            }
        }
        return found;
    }

    /**
     * Rows of a partition in the order of their sort keys, as many as fit an answer.
     *
     * @param partition the partition key
     * @param after the sort key to start after; empty to start at the first row
     * @param type the record type of the rows
     */
    default <R extends Record> RowPage<R> rows(String partition, String after, Class<R> type) {
        return rows(partition, after, PageSize.LARGEST, type);
    }

    /**
     * Rows of a partition in the order of their sort keys, as many as fit an answer and no more than this number: for a
     * page whose rows need reads of their own.
     */
    default <R extends Record> RowPage<R> rows(String partition, String after, int most, Class<R> type) {
        return rows(partition, after, new PageSize(most, PageSize.LARGEST.bytes()), type);
    }

    /** Rows of a partition in the order of their sort keys, as many as a page of this size takes. */
    <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type);

    /**
     * The same view for one stream: reads the stream's position now, once. Rows are read consistently from then on, so
     * that none is older than that position.
     */
    View entity(StreamId stream);
}
