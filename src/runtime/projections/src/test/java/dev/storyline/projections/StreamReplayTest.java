package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the events of a stream make a projection do is told event by event, and nothing is written. */
class StreamReplayTest extends EngineFixture {
    private final ViewTable view = ViewTable.of(Tills.client(calls), Tills.table(), "sales");
    private final ProjectionEngine engine =
            ProjectionEngine.of(store, LANGUAGE, new Sales(1, true), view, clock, Backoff.REAL, ParallelTasks.REAL);

    @Test
    void each_event_is_told_with_its_changes_and_nothing_is_written() {
        commit(stream, 1, new Sold("pen", 2));
        commit(stream, 2, new Sold("ink", 3), new Cleared("pen"));
        StreamReplay replay = engine.replay(stream, 2, Long.MAX_VALUE);
        assertThat(replay.steps()).hasSize(2);
        assertThat(Json.text(Json.mapper().valueToTree(replay.steps().getLast())))
                .isEqualTo("{\"version\":3,\"type\":\"Cleared\",\"does\":[{\"what\":\"remove\","
                        + "\"where\":\"till#one item#pen\"}]}");
        assertThat(replay.steps().getFirst().does())
                .extracting(action -> action.what() + " " + action.where())
                .containsExactly("put till#one item#ink", "set till#one item#ink", "put till#one", "add total all");
        assertThat(replay.version()).isEqualTo(3);
        assertThat(replay.next()).isNull();
        assertThat(calls.writes).hasValue(0);
    }

    @Test
    void a_long_stream_is_told_in_parts_with_the_state_of_all_events_before() {
        for (int i = 1; i <= StreamReplay.MOST_STEPS + 5; i++) {
            commit(stream, i, new Sold("pen", 1));
        }
        StreamReplay first = engine.replay(stream, 1, Long.MAX_VALUE);
        assertThat(first.steps()).hasSize(StreamReplay.MOST_STEPS);
        assertThat(first.next()).isEqualTo(StreamReplay.MOST_STEPS + 1);
        StreamReplay rest = engine.replay(stream, Objects.requireNonNull(first.next()), Long.MAX_VALUE);
        assertThat(rest.steps()).hasSize(5);
        assertThat(rest.steps().getLast().does().get(2).fields())
                .isEqualTo(Json.mapper().createObjectNode().put("sales", StreamReplay.MOST_STEPS + 5));
    }

    @Test
    void an_event_that_cannot_be_stepped_ends_the_replay_with_the_reason() {
        commit(stream, 1, new Sold("pen", 2));
        commit(stream, 2, new Sold("tea", -1));
        StreamReplay replay = engine.replay(stream, 1, Long.MAX_VALUE);
        assertThat(replay.version()).isEqualTo(1);
        assertThat(replay.failed()).isEqualTo("nothing is sold -1 times");
        assertThat(engine.replay(stream, 1, 1).failed()).isNull();
    }
}
