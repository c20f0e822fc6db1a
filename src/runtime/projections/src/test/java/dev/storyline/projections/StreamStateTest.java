package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import org.junit.jupiter.api.Test;

/** What a projection had made of a stream at a version. */
class StreamStateTest extends EngineFixture {
    private final ProjectionEngine engine = ProjectionEngine.of(
            store,
            LANGUAGE,
            new Sales(1, true),
            ViewTable.of(uncounted, Tills.table(), "sales"),
            clock,
            Backoff.REAL,
            ParallelTasks.ONE_BY_ONE);

    @Test
    void the_state_and_the_rows_are_those_of_the_version_even_within_one_commit() {
        commit(stream, 1, new Sold("pen", 2));
        commit(stream, 2, new Sold("ink", 3), new Cleared("pen"), new Sold("pen", 5));

        StreamState first = engine.stateAt(stream, 2);
        assertThat(first.version()).isEqualTo(2);
        assertThat(Json.text(first.state())).isEqualTo("{\"sales\":2}");
        assertThat(first.rows())
                .extracting(row -> row.partition() + " " + row.sort() + " " + Json.text(row.fields()))
                .containsExactlyInAnyOrder(
                        "till#one  {\"sales\":2}",
                        "till#one item#pen {\"item\":\"pen\",\"amount\":2,\"state\":\"sold\"}",
                        "till#one item#ink {\"item\":\"ink\",\"amount\":3,\"state\":\"sold\"}",
                        "total all {\"amount\":5,\"sales\":2}");

        assertThat(engine.stateAt(stream, 3).rows())
                .extracting(StreamState.Row::sort)
                .doesNotContain("item#pen");
        assertThat(engine.stateAt(stream, Long.MAX_VALUE).version()).isEqualTo(4);
    }

    @Test
    void a_stream_without_events_has_the_first_state_and_no_rows() {
        assertThat(engine.stateAt(stream, 9).version()).isZero();
        assertThat(engine.stateAt(stream, 9).rows()).isEmpty();
        assertThat(Json.text(engine.stateAt(stream, 9).state())).isEqualTo("{\"sales\":0}");
    }

    @Test
    void of_many_rows_some_are_told_and_the_others_counted() {
        commit(stream, 1, new Sold("crowd", 300));
        StreamState state = engine.stateAt(stream, 1);
        assertThat(state.rows()).hasSize(StreamState.MOST_ROWS);
        assertThat(state.moreRows()).isEqualTo(303 - StreamState.MOST_ROWS);
    }
}
