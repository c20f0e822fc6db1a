package dev.storyline.edge;

import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * What a query that reads events has in the place of a view: the versions of streams, and no rows.
 *
 * @param events the events of its context
 */
record EventsView(EventStore events) implements View {
    @Override
    public StreamPosition head(StreamId stream) {
        return new StreamPosition(events.head(stream), null, null);
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        throw new IllegalStateException("This query reads events and has no view");
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type) {
        throw new IllegalStateException("This query reads events and has no view");
    }

    @Override
    public View entity(StreamId stream) {
        return this;
    }
}
