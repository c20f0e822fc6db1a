package dev.storyline.fieldops.jobboard;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Each job has two rows, which move when its planned start does: one among the jobs in its state, which moves with the
 * state too, and one among all jobs of the day. So a job that changes its state is never missing from a list of all
 * states, and never twice in it. The state has the keys of the rows.
 */
final class JobBoardProjection implements Projection<JobBoardProjection.State, JobEvent> {
    /** The job as it stands on the board; null before it is created. */
    record State(@Nullable Standing job) {}

    /**
     * The job's row, and the values that are part of its keys.
     *
     * @param regionId the region
     * @param timeZone the time zone that tells its days
     * @param day the day under which the row stands, whatever the rules of the time zone have become since; null in
     *     states from before it was remembered
     */
    record Standing(
            BoardJob row,
            RegionId regionId,
            String timeZone,
            @Nullable LocalDate day) {
        static Standing of(JobCreated created) {
            return new Standing(
                    BoardJob.of(created),
                    created.regionId(),
                    created.timeZone(),
                    FieldOps.day(created.plannedStart(), created.timeZone()));
        }

        List<RowKey> keys() {
            return row.keys(regionId, standsOn());
        }

        private LocalDate standsOn() {
            return Objects.requireNonNullElseGet(day, () -> FieldOps.day(row.plannedStart(), timeZone));
        }

        /** The job after a change, which stands where it stood unless it begins at another time. */
        Standing with(BoardJob next) {
            boolean moved = !next.plannedStart().equals(row.plannedStart());
            return new Standing(
                    next, regionId, timeZone, moved ? FieldOps.day(next.plannedStart(), timeZone) : standsOn());
        }
    }

    @Override
    public String name() {
        return "job-board";
    }

    /**
     * Version 2 folds more events than version 1. Version 3 also has the rows of all states. A rebuild brings what the
     * version before did not have.
     */
    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public Step<State> step(State state, Recorded<JobEvent> event) {
        return switch (event.event()) {
            case JobCreated created -> shown(Standing.of(created));
            case CrewAssigned assigned -> changed(state, row -> row.with(assigned.crewId()));
            case CrewUnassigned unassigned -> changed(state, row -> row.without(unassigned.crewId()));
            case CrewReleased released -> changed(state, row -> row.without(released.crewId()));
            case JobRescheduled rescheduled -> changed(state, row -> row.at(rescheduled.plannedStart()));
            case JobCompleted _ -> changed(state, row -> row.in("completed"));
            case JobCancelled _ -> changed(state, row -> row.in("cancelled"));
            case CompletionCorrected _, EquipmentCharged _, JobBilling _ -> Step.to(state);
        };
    }

    private static Step<State> shown(Standing job) {
        return put(Step.to(new State(job)), job);
    }

    /** Puts the rows in their new places, and removes them from their old places. */
    private static Step<State> changed(State state, UnaryOperator<BoardJob> change) {
        Standing before = state.job();
        if (before == null) {
            return Step.to(state);
        }
        Standing after = before.with(change.apply(before.row()));
        Step<State> step = Step.to(new State(after));
        for (RowKey key : before.keys()) {
            step = step.remove(key);
        }
        return put(step, after);
    }

    private static Step<State> put(Step<State> step, Standing job) {
        Step<State> next = step;
        for (RowKey key : job.keys()) {
            next = next.put(key, job.row());
        }
        return next;
    }
}
