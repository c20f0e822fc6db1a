package dev.storyline.fieldops.unassignedjobs;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
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
import dev.storyline.kernel.Step;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Each job has one row while it is open and no crew is assigned to it. */
final class UnassignedJobsProjection implements Projection<UnassignedJobsProjection.State, JobEvent> {
    /** The job that is still to be done; null before it is created, and once it is completed or cancelled. */
    record State(@Nullable Pending job) {}

    /**
     * The job's row, and what decides where it stands.
     *
     * @param crews the assigned crews, 20 at most
     */
    record Pending(UnassignedJob row, RegionId regionId, List<CrewId> crews) {
        static Pending of(JobCreated created) {
            return new Pending(UnassignedJob.of(created), created.regionId(), List.of());
        }

        Pending with(CrewId crew) {
            return new Pending(
                    row,
                    regionId,
                    Stream.concat(crews.stream(), Stream.of(crew)).toList());
        }

        Pending without(CrewId crew) {
            return new Pending(
                    row,
                    regionId,
                    crews.stream().filter(other -> !other.equals(crew)).toList());
        }

        Pending at(Instant start) {
            return new Pending(row.at(start), regionId, crews);
        }
    }

    @Override
    public String name() {
        return "unassigned-jobs";
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
            case JobCreated created -> moved(null, Pending.of(created));
            case CrewAssigned assigned -> changed(state, job -> job.with(assigned.crewId()));
            case CrewUnassigned unassigned -> changed(state, job -> job.without(unassigned.crewId()));
            case CrewReleased released -> changed(state, job -> job.without(released.crewId()));
            case JobRescheduled rescheduled -> changed(state, job -> job.at(rescheduled.plannedStart()));
            case JobCompleted _, JobCancelled _ -> changed(state, _ -> null);
            case CompletionCorrected _, EquipmentCharged _, JobBilling _ -> Step.to(state);
        };
    }

    private static Step<State> changed(State state, Function<Pending, @Nullable Pending> change) {
        return state.job() == null ? Step.to(state) : moved(state.job(), change.apply(state.job()));
    }

    /** Removes the row from its old place, and puts it in its new place if it has one. */
    private static Step<State> moved(@Nullable Pending before, @Nullable Pending after) {
        Step<State> step = Step.to(new State(after));
        if (before != null && before.crews().isEmpty()) {
            step = step.remove(before.row().key(before.regionId()));
        }
        if (after != null && after.crews().isEmpty()) {
            step = step.put(after.row().key(after.regionId()), after.row());
        }
        return step;
    }
}
