package dev.storyline.projections;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** What a query handler or a gatekeeper reads: the rows of a view, wherever they come from. */
public interface View {
    /** How far the view has come in a stream, and the stream's own row. */
    StreamPosition head(StreamId stream);

    /** One row, or null if there is none. */
    <R extends Record> @Nullable R row(RowKey key, Class<R> type);

    /**
     * Rows of a partition in the order of their sort keys, as many as fit a page of about 4 MB.
     *
     * @param partition which partition
     * @param after the sort key to start after; empty starts at the first
     * @param type what to read each row as
     */
    <R extends Record> RowPage<R> rows(String partition, String after, Class<R> type);
}
