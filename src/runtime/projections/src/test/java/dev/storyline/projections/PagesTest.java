package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.EscapedJson;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.Commit;
import dev.storyline.projections.Tills.Sale;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Sold;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of a view, stored and folded, are cut by their number of rows and by their size in an answer. */
class PagesTest extends EngineFixture {
    private final ViewTable view = ViewTable.of(Tills.client(calls), Tills.table(), "sales");

    private List<RowPage<Sale>> pages(View of, PageSize size) {
        List<RowPage<Sale>> pages = new ArrayList<>();
        for (String after = ""; after != null; after = pages.getLast().next()) {
            pages.add(of.rows(stream.toString(), after, size, Sale.class));
        }
        return pages;
    }

    private void sell(int items) {
        List<Commit> commits = new ArrayList<>();
        for (int version = 1; version <= items; version++) {
            commits.add(commit(stream, version, new Sold("\"item\"-" + version, 1)));
        }
        ProjectionEngine.of(store, LANGUAGE, new Sales(1, true), view, clock, Backoff.REAL, ParallelTasks.REAL)
                .apply(stream, commits);
    }

    @ParameterizedTest
    @CsvSource({"1, 5000000", "7, 5000000", "30, 5000000", "1000, 5000000", "1000, 1", "1000, 700", "4, 700"})
    void pages_hold_every_row_once_in_order_and_none_has_more_than_was_asked_for(int rows, long bytes) {
        sell(30);
        FoldedView folded = FoldedView.of(store, LANGUAGE, new Sales(1, true), stream);
        List<Sale> all = folded.rows(stream.toString(), "", Sale.class).rows();
        assertThat(all).hasSize(30);
        PageSize size = new PageSize(rows, bytes);
        for (View of : List.of(view.consistent(), folded)) {
            List<RowPage<Sale>> pages = pages(of, size);
            assertThat(pages).flatExtracting(RowPage::rows).isEqualTo(all);
            assertThat(pages).allSatisfy(page -> {
                assertThat(page.rows()).hasSizeBetween(1, rows);
                assertThat(page.rows().size() == 1 || bytes(page) <= bytes).isTrue();
            });
            if (bytes == 5_000_000) {
                assertThat(pages).as("no page is cut without need").hasSize((29 + rows) / rows);
            }
        }
    }

    private static long bytes(RowPage<Sale> page) {
        return page.rows().stream()
                .mapToLong(row -> EscapedJson.bytes(Json.mapper().valueToTree(row)))
                .sum();
    }

    @Test
    void the_view_of_one_entity_is_read_from_its_position_on() {
        sell(2);
        View one = view.entity(stream);
        Commit third = commit(stream, 3, new Sold("cup", 1));
        ProjectionEngine.of(store, LANGUAGE, new Sales(1, true), view, clock, Backoff.REAL, ParallelTasks.REAL)
                .apply(stream, List.of(third));

        assertThat(one.head(stream).position()).as("a position is read once").isEqualTo(2);
        assertThat(one.rows(stream.toString(), "", Sale.class).rows())
                .as("rows are never older")
                .hasSize(3);
    }
}
