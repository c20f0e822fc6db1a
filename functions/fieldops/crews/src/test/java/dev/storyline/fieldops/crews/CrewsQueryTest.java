package dev.storyline.fieldops.crews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.edge.Problem;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a scenario of the model cannot say: what is refused, and how much one page reads. */
class CrewsQueryTest {
    private static final Instant MORNING = Instant.parse("2026-12-02T06:00:00Z");
    private static final Clock CLOCK = Clock.fixed(MORNING, ZoneOffset.UTC);

    /** Rows in memory, in pages like those of a view's table. */
    private static final class Rows implements View {
        private final Map<String, NavigableMap<String, Record>> partitions = new TreeMap<>();
        private final List<Integer> pages = new ArrayList<>();

        void put(RowKey key, Record row) {
            partitions
                    .computeIfAbsent(key.partition(), unseen -> new TreeMap<>())
                    .put(key.sort(), row);
        }

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
            List<R> page = new ArrayList<>();
            String last = after;
            for (Map.Entry<String, Record> row : partitions
                    .getOrDefault(partition, new TreeMap<>())
                    .tailMap(after, false)
                    .entrySet()) {
                if (page.size() == size.rows()) {
                    pages.add(page.size());
                    return new RowPage<>(page, last);
                }
                page.add(type.cast(row.getValue()));
                last = row.getKey();
            }
            pages.add(page.size());
            return new RowPage<>(page, null);
        }

        @Override
        public View entity(StreamId stream) {
            return this;
        }
    }

    private static Rows crews(int crews) {
        Rows rows = new Rows();
        IntStream.range(0, crews).forEach(n -> {
            RegisteredCrew crew = new RegisteredCrew(new CrewId(String.valueOf(1_000 + n)), List.of());
            rows.put(crew.key(), crew);
        });
        return rows;
    }

    private static CrewList answer(View view, @Nullable Instant from, @Nullable Instant to) {
        return new CrewsQuery(from, to, null).answer(view, CLOCK);
    }

    @Test
    void a_period_that_does_not_go_forward_is_refused() {
        assertThatThrownBy(() -> answer(crews(1), MORNING, MORNING))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'to' must be after 'from'");
        assertThatThrownBy(() -> answer(crews(1), MORNING, MORNING.minusNanos(1)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'to' must be after 'from'");
    }

    @Test
    void a_period_has_31_days_at_most() {
        Instant end = MORNING.plus(Duration.ofDays(31));
        assertThat(answer(crews(1), MORNING, end).crews().getFirst().free()).containsExactly(new Period(MORNING, end));
        assertThatThrownBy(() -> answer(crews(1), MORNING, end.plusNanos(1)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'to' must be 31 days after 'from' at most");
    }

    @Test
    void a_page_with_free_time_has_25_crews_at_most_and_one_read_for_each() {
        Rows rows = crews(60);
        CrewList page = answer(rows, MORNING, null);
        assertThat(page.crews()).hasSize(25);
        assertThat(page.next()).isEqualTo("1024");
        assertThat(rows.pages).hasSize(26);
        assertThat(answer(crews(60), null, null).crews()).hasSize(60);
    }

    @Test
    void taken_periods_that_fill_several_pages_all_count_and_none_behind_the_period_is_read() {
        Rows rows = crews(1);
        IntStream.range(0, 1_000).forEach(n -> {
            Instant start = MORNING.plus(Duration.ofMinutes(10L * n));
            rows.put(
                    new RowKey(PlannedJob.partition(new CrewId("1000")), FieldOps.sortable(start) + "#" + n),
                    new Period(start, start.plus(Duration.ofMinutes(9))));
        });
        CrewList page = answer(rows, MORNING, MORNING.plus(Duration.ofMinutes(2_495)));
        assertThat(page.crews().getFirst().free())
                .hasSize(249)
                .allMatch(free -> Duration.between(free.from(), free.to()).equals(Duration.ofMinutes(1)));
        assertThat(rows.pages).containsExactly(1, 100, 100, 100);
    }

    @Test
    void a_short_job_inside_a_long_one_frees_nothing() {
        FreeTime time = new FreeTime(new Period(MORNING, MORNING.plusSeconds(10)));
        assertThat(time.take(new Period(MORNING, MORNING.plusSeconds(8)))).isTrue();
        assertThat(time.take(new Period(MORNING.plusSeconds(1), MORNING.plusSeconds(2))))
                .isTrue();
        assertThat(time.take(new Period(MORNING.plusSeconds(10), MORNING.plusSeconds(11))))
                .isFalse();
        assertThat(time.left()).containsExactly(new Period(MORNING.plusSeconds(8), MORNING.plusSeconds(10)));
    }
}
