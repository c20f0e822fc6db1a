package dev.storyline.fieldops.regionreport;

import dev.storyline.contexts.fieldops.CrewAssignment;
import dev.storyline.contexts.fieldops.CrewEvent;
import dev.storyline.contexts.fieldops.EquipmentCharge;
import dev.storyline.contexts.fieldops.EquipmentEvent;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.FieldOpsEvent;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Totals for each region and planned day, to which every job adds. A region's own row has its time zone and currency.
 */
final class RegionReportProjection implements Projection<RegionReportProjection.State, FieldOpsEvent> {
    /** How the stream's job counts; null before its creation, and in streams that are no job. */
    record State(@Nullable Counted job) {}

    /**
     * The region, day and time of creation with which a job counts.
     *
     * @param regionId the region
     * @param timeZone the time zone that tells its days
     * @param day the day
     */
    record Counted(RegionId regionId, String timeZone, LocalDate day, Instant createdAt) {
        Counted on(LocalDate other) {
            return new Counted(regionId, timeZone, other, createdAt);
        }

        Step<State> add(Step<State> step, String figure, BigDecimal amount) {
            return step.add(key(regionId, day), Map.of(figure, amount));
        }
    }

    @Override
    public String name() {
        return "region-report";
    }

    /** Version 2 folds more events than version 1. A rebuild applies those that version 1 ignored. */
    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<FieldOpsEvent> folds() {
        return FieldOpsEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public Step<State> step(State state, Recorded<FieldOpsEvent> event) {
        return switch (event.event()) {
            case RegionOpened opened -> Step.to(state).putOwn(opened);
            case JobCreated created -> created(created);
            case JobRescheduled rescheduled -> counted(state, job -> rescheduled(job, rescheduled));
            case JobCompleted completed -> counted(state, job -> completed(job, completed));
            case JobCancelled _ -> counted(state, RegionReportProjection::cancelled);
            case CompletionCorrected _ -> Step.to(state);
            case JobBilling _ -> Step.to(state);
            case CrewAssignment _ -> Step.to(state);
            case EquipmentCharge _ -> Step.to(state);
            case CrewEvent _ -> Step.to(state);
            case EquipmentEvent _ -> Step.to(state);
        };
    }

    private static Step<State> created(JobCreated created) {
        Counted job = new Counted(
                created.regionId(),
                created.timeZone(),
                FieldOps.day(created.plannedStart(), created.timeZone()),
                created.createdAt());
        return job.add(Step.to(new State(job)), "created", BigDecimal.ONE);
    }

    private static Step<State> counted(State state, Function<Counted, Step<State>> change) {
        return state.job() == null ? Step.to(state) : change.apply(state.job());
    }

    /** Only an open job is rescheduled, which so far counts as created and as nothing else. */
    private static Step<State> rescheduled(Counted before, JobRescheduled rescheduled) {
        Counted after = before.on(FieldOps.day(rescheduled.plannedStart(), before.timeZone()));
        // If the day stays the same, both amounts go to one row and add up to zero.
        Step<State> left = before.add(Step.to(new State(after)), "created", BigDecimal.ONE.negate());
        return after.add(left, "created", BigDecimal.ONE);
    }

    private static Step<State> completed(Counted job, JobCompleted completed) {
        Duration took = Duration.between(job.createdAt(), completed.at());
        // A completion in whole seconds may lie before the creation in the same second.
        BigDecimal seconds = seconds(took.isNegative() ? Duration.ZERO : took);
        return job.add(job.add(Step.to(new State(job)), "completed", BigDecimal.ONE), "seconds", seconds);
    }

    private static Step<State> cancelled(Counted job) {
        return job.add(Step.to(new State(job)), "cancelled", BigDecimal.ONE);
    }

    /** Seconds with their fractions, so that sums are exact. */
    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toSeconds()).add(BigDecimal.valueOf(duration.toNanosPart(), 9));
    }

    /** The key of the row of a day. */
    static RowKey key(RegionId region, LocalDate day) {
        return new RowKey("report#" + region.value(), day.toString());
    }
}
