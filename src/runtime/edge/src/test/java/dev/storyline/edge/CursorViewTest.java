package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CursorViewTest {
    private static final List<String> SORTS = List.of("a#1", "b#2", "c#3");

    record Row(String sort) {}

    /** A list with one row on each page. */
    private static final View LIST = new View() {
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
            int at = (int)
                    SORTS.stream().filter(sort -> sort.compareTo(after) <= 0).count();
            return at == SORTS.size()
                    ? new RowPage<>(List.of(), null)
                    : new RowPage<>(
                            List.of(type.cast(new Row(SORTS.get(at)))), at + 1 < SORTS.size() ? SORTS.get(at) : null);
        }

        @Override
        public View entity(StreamId stream) {
            return this;
        }
    };

    @Test
    void a_query_goes_from_page_to_page_by_cursors_and_starts_where_its_handler_says() {
        View view = new CursorView(LIST, "query");
        RowPage<Row> first = view.rows("list", "", Row.class);
        assertThat(first.rows()).containsExactly(new Row("a#1"));
        assertThat(Cursor.position("query", Objects.requireNonNull(first.next())))
                .isEqualTo("a#1");
        RowPage<Row> second = view.rows("list", first.next(), Row.class);
        assertThat(second.rows()).containsExactly(new Row("b#2"));
        RowPage<Row> third = view.rows("list", Objects.requireNonNull(second.next()), Row.class);
        assertThat(third).isEqualTo(new RowPage<>(List.of(new Row("c#3")), null));
        assertThat(view.rows("list", "b", Row.class).rows()).containsExactly(new Row("b#2"));
    }
}
