package dev.storyline.fieldops.regionreport;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.FieldOpsEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Totals for each region and planned day, to which every job adds; a region's own row has what it was opened with. */
final class RegionReportProjection implements Projection<RegionReportProjection.State, FieldOpsEvent> {
    /** Where and since when a job counts; nulls in the streams of regions. */
    record State(
            @Nullable RegionId regionId,
            @Nullable LocalDate day,
            @Nullable Instant createdAt) {}

    @Override
    public String name() {
        return "region-report";
    }

    @Override
    public Class<FieldOpsEvent> folds() {
        return FieldOpsEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, null);
    }

    @Override
    public Step<State> step(State state, Recorded<FieldOpsEvent> event) {
        return switch (event.event()) {
            case RegionOpened opened -> Step.to(state).putOwn(opened);
            case JobCreated created -> created(created);
            case CrewAssigned _ -> Step.to(state);
            case JobCompleted completed -> completed(state, completed);
        };
    }

    private static Step<State> created(JobCreated created) {
        State next = new State(
                created.regionId(), FieldOps.day(created.plannedStart(), created.timeZone()), created.createdAt());
        return counted(next, Map.of("created", BigDecimal.ONE));
    }

    private static Step<State> completed(State state, JobCompleted completed) {
        return state.createdAt() == null
                ? Step.to(state)
                : counted(
                        state,
                        Map.of(
                                "completed",
                                BigDecimal.ONE,
                                "seconds",
                                seconds(Duration.between(state.createdAt(), completed.at()))));
    }

    private static Step<State> counted(State state, Map<String, BigDecimal> amounts) {
        RegionId region = state.regionId();
        LocalDate day = state.day();
        return region == null || day == null ? Step.to(state) : Step.to(state).add(key(region, day), amounts);
    }

    /** Exact: sums of seconds with their fractions stay what they are. */
    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toSeconds()).add(BigDecimal.valueOf(duration.toNanosPart(), 9));
    }

    /** Where the figures of a day are. */
    static RowKey key(RegionId region, LocalDate day) {
        return new RowKey("report#" + region.value(), day.toString());
    }
}
