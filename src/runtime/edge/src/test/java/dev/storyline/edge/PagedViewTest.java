package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagedViewTest {
    record Row() {}

    /** Remembers the size of each page that it is asked for. */
    private static final class Asked implements View {
        private final List<PageSize> sizes = new ArrayList<>();

        @Override
        public StreamPosition head(StreamId stream) {
            return new StreamPosition(0, null, null);
        }

        @Override
        public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
            return null;
        }

        @Override
        public <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type) {
            sizes.add(size);
            return new RowPage<>(List.of(), null);
        }

        @Override
        public View entity(StreamId stream) {
            return this;
        }
    }

    @Test
    void a_handler_can_ask_for_fewer_rows_than_the_client_and_never_for_more() {
        Asked asked = new Asked();
        new PagedView(asked, new PageSize(1_000, 700)).rows("list", "", 25, Row.class);
        new PagedView(asked, new PageSize(3, 700)).rows("list", "", 25, Row.class);
        new PagedView(asked, new PageSize(3, 700)).rows("list", "", Row.class);
        assertThat(asked.sizes).containsExactly(new PageSize(25, 700), new PageSize(3, 700), new PageSize(3, 700));
    }
}
