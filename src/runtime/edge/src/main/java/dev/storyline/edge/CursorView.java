package dev.storyline.edge;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A view as one query sees it: the next page of a list is a {@link Cursor} of that query. */
final class CursorView implements View {
    private final View view;
    private final String query;

    CursorView(View view, String query) {
        this.view = view;
        this.query = query;
    }

    @Override
    public StreamPosition head(StreamId stream) {
        return view.head(stream);
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        return view.row(key, type);
    }

    /** A handler starts at a cursor or at a sort key of its own. */
    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type) {
        String position = Cursor.position(query, after);
        RowPage<R> page = view.rows(partition, Objects.requireNonNullElse(position, after), size, type);
        return page.next() == null ? page : new RowPage<>(page.rows(), Cursor.of(query, page.next()));
    }

    @Override
    public View entity(StreamId stream) {
        return new CursorView(view.entity(stream), query);
    }
}
