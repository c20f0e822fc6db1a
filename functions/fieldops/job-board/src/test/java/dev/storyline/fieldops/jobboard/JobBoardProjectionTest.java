package dev.storyline.fieldops.jobboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Json;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Governments change the rules of a time zone while jobs are planned in it. */
class JobBoardProjectionTest {
    private static final String ZONE = "Test/Moving";
    private static final JobId JOB = new JobId("j1");
    private static final RegionId NORTH = new RegionId("north");
    private static final Instant LATE = Instant.parse("2026-06-01T22:30:00Z");
    private static final MovingZone RULES = new MovingZone();

    private final JobBoardProjection projection = new JobBoardProjection();
    private long version;

    /** The one time zone whose offset the test moves. */
    private static final class MovingZone extends ZoneRulesProvider {
        private ZoneOffset offset = ZoneOffset.UTC;

        @Override
        protected Set<String> provideZoneIds() {
            return Set.of(ZONE);
        }

        @Override
        protected @Nullable ZoneRules provideRules(String zone, boolean forCaching) {
            return forCaching ? null : ZoneRules.of(offset);
        }

        @Override
        protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
            return new TreeMap<>();
        }
    }

    @BeforeAll
    static void register() {
        ZoneRulesProvider.registerProvider(RULES);
    }

    @BeforeEach
    void begin_with_utc() {
        RULES.offset = ZoneOffset.UTC;
    }

    private Step<JobBoardProjection.State> step(JobBoardProjection.State state, JobEvent event) {
        return projection.step(
                state, new Recorded<>(FieldOps.stream(JOB), ++version, LATE, event, "somebody", "somewhere", null));
    }

    private JobBoardProjection.State created() {
        return step(
                        projection.initialState(),
                        new JobCreated(
                                JOB,
                                "Ada",
                                "here",
                                NORTH,
                                "heating",
                                LATE,
                                BigDecimal.ONE,
                                ZONE,
                                Instant.EPOCH,
                                null,
                                null))
                .state();
    }

    private static List<RowKey> removed(Step<?> step) {
        return step.changes().stream()
                .filter(RowChange.Remove.class::isInstance)
                .map(change -> ((RowChange.Remove) change).key())
                .toList();
    }

    private static List<RowKey> put(Step<?> step) {
        return step.changes().stream()
                .filter(RowChange.Put.class::isInstance)
                .map(change -> ((RowChange.Put) change).key())
                .toList();
    }

    private static String board(String day, String state) {
        return BoardJob.partition(NORTH, LocalDate.parse(day), state);
    }

    @Test
    void a_row_is_removed_where_it_stands_though_the_rules_of_its_time_zone_have_changed() {
        JobBoardProjection.State state = created();
        RULES.offset = ZoneOffset.ofHours(2);

        Step<JobBoardProjection.State> assigned = step(state, new CrewAssigned(JOB, new CrewId("red"), "standard"));

        assertThat(removed(assigned))
                .extracting(RowKey::partition)
                .containsExactly(board("2026-06-01", "open"), board("2026-06-01", BoardJob.ALL));
        assertThat(put(assigned))
                .extracting(RowKey::partition)
                .containsExactly(board("2026-06-01", "assigned"), board("2026-06-01", BoardJob.ALL));
    }

    @Test
    void a_job_that_begins_at_another_time_stands_on_its_day_by_the_new_rules() {
        JobBoardProjection.State state = created();
        RULES.offset = ZoneOffset.ofHours(2);

        Step<JobBoardProjection.State> moved = step(state, new JobRescheduled(JOB, LATE.plusSeconds(60), "Snow"));

        assertThat(removed(moved))
                .extracting(RowKey::partition)
                .containsExactly(board("2026-06-01", "open"), board("2026-06-01", BoardJob.ALL));
        assertThat(put(moved))
                .extracting(RowKey::partition)
                .containsExactly(board("2026-06-02", "open"), board("2026-06-02", BoardJob.ALL));
    }

    @Test
    void a_state_from_before_the_day_was_remembered_is_read_and_remembers_it_from_then_on() throws Exception {
        String old = Json.mapper().writeValueAsString(created()).replaceAll(",\"day\":\"[^\"]*\"", "");
        JobBoardProjection.State state = Json.mapper().readValue(old, JobBoardProjection.State.class);
        assertThat(old).doesNotContain("\"day\"");

        JobBoardProjection.State next = step(state, new CrewAssigned(JOB, new CrewId("red"), "standard"))
                .state();
        RULES.offset = ZoneOffset.ofHours(2);

        assertThat(removed(step(next, new JobRescheduled(JOB, LATE.plusSeconds(60), "Snow"))))
                .extracting(RowKey::partition)
                .containsExactly(board("2026-06-01", "assigned"), board("2026-06-01", BoardJob.ALL));
    }
}
