package dev.storyline.projections;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** The rows of a view as query handlers and gatekeepers read them, stored or folded. */
public interface View {
    /** The position of the view in a stream, and the stream's own row. */
    StreamPosition head(StreamId stream);

    /** One row, or null if there is none. */
    <R extends Record> @Nullable R row(RowKey key, Class<R> type);

    /**
     * Rows of a partition in the order of their sort keys, as many as fit a page of about 4 MB.
     *
     * @param partition the partition key
     * @param after the sort key to start after; empty to start at the first row
     * @param type the record type of the rows
     */
    <R extends Record> RowPage<R> rows(String partition, String after, Class<R> type);
}
