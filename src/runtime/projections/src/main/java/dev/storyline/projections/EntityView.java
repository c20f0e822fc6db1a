package dev.storyline.projections;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** The rows of one stream, which are never older than its position here. */
final class EntityView implements View {
    private final StreamId stream;
    private final StreamPosition head;
    private final View rows;

    /**
     * The view of one stream.
     *
     * @param head its position, which was read before any row
     * @param rows reads consistently
     */
    EntityView(StreamId stream, StreamPosition head, View rows) {
        this.stream = stream;
        this.head = head;
        this.rows = rows;
    }

    @Override
    public StreamPosition head(StreamId other) {
        return other.equals(stream) ? head : rows.head(other);
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        return rows.row(key, type);
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type) {
        return rows.rows(partition, after, size, type);
    }

    @Override
    public View entity(StreamId other) {
        return other.equals(stream) ? this : rows.entity(other);
    }
}
