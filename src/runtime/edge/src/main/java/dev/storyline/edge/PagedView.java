package dev.storyline.edge;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/** A view whose pages are as large as one query asks for. It remembers whether it had anything to show. */
final class PagedView implements View {
    private final View view;
    private final PageSize size;
    private boolean showed;

    PagedView(View view, PageSize size) {
        this.view = view;
        this.size = size;
    }

    /** Whether any row was read. */
    boolean showed() {
        return showed;
    }

    @Override
    public StreamPosition head(StreamId stream) {
        return view.head(stream);
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        R row = view.row(key, type);
        showed |= row != null;
        return row;
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, Class<R> type) {
        return rows(partition, after, size, type);
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, int most, Class<R> type) {
        return rows(partition, after, new PageSize(Math.min(most, size.rows()), size.bytes()), type);
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, PageSize asked, Class<R> type) {
        RowPage<R> page = view.rows(partition, after, asked, type);
        showed |= !page.rows().isEmpty();
        return page;
    }

    @Override
    public View entity(StreamId stream) {
        return new PagedView(view.entity(stream), size);
    }
}
