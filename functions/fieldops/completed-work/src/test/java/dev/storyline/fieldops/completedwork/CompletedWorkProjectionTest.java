package dev.storyline.fieldops.completedwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Governments change the rules of a time zone after a job was completed in it. */
class CompletedWorkProjectionTest {
    private static final String ZONE = "Test/Changing";
    private static final JobId JOB = new JobId("j1");
    private static final RegionId NORTH = new RegionId("north");
    private static final LocalDate DAY = LocalDate.parse("2026-06-01");
    private static final Instant LATE = Instant.parse("2026-06-01T22:30:00Z");

    private final CompletedWorkProjection projection = new CompletedWorkProjection();
    private long version;

    /** The one time zone whose offset the test changes. */
    private static final class ChangingZone extends ZoneRulesProvider {
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

    private Step<CompletedWorkProjection.State> step(CompletedWorkProjection.State state, JobEvent event) {
        return projection.step(
                state, new Recorded<>(FieldOps.stream(JOB), ++version, LATE, event, "somebody", "somewhere", null));
    }

    private static JobCompleted completed(String hours) {
        return new JobCompleted(
                JOB,
                LATE,
                List.of(new CrewWork(
                        new CrewId("red"), LATE.minusSeconds(3_600), new BigDecimal(hours), "standard", null)),
                null);
    }

    @Test
    void hours_are_taken_from_the_day_on_which_they_were_counted_though_the_rules_of_its_time_zone_have_changed() {
        ChangingZone rules = new ChangingZone();
        ZoneRulesProvider.registerProvider(rules);
        CompletedWorkProjection.State created = step(
                        projection.initialState(),
                        new JobCreated(
                                JOB, "Ada", "here", NORTH, "heating", LATE, BigDecimal.ONE, ZONE, LATE, null, null))
                .state();
        CompletedWorkProjection.State done = step(created, completed("1")).state();
        rules.offset = ZoneOffset.ofHours(2);

        Step<CompletedWorkProjection.State> again = step(done, completed("3"));

        CompletedJob before = Objects.requireNonNull(done.done()).row();
        CompletedJob after = Objects.requireNonNull(again.state().done()).row();
        assertThat(again.changes())
                .containsExactly(
                        new RowChange.Remove(before.key(NORTH, DAY)),
                        new RowChange.Add(CompletedJob.total(NORTH, DAY), Map.of("hours", new BigDecimal("-1"))),
                        new RowChange.Put(after.key(NORTH, DAY.plusDays(1)), after),
                        new RowChange.Add(
                                CompletedJob.total(NORTH, DAY.plusDays(1)), Map.of("hours", new BigDecimal("3"))));
    }
}
