package dev.storyline.fieldops.job;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A job's own row is the job itself: one write for each of its commits. */
final class JobProjection implements Projection<JobProjection.State, JobEvent> {
    /** The job so far; null before it is created. */
    record State(@Nullable Job job) {}

    @Override
    public String name() {
        return "job";
    }

    /** Each version folds more events than the one before. A rebuild applies those that were ignored. */
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
            case JobCreated created -> shown(Job.of(created));
            case CrewAssigned assigned -> changed(state, job -> job.with(assigned.crewId()));
            case CrewUnassigned unassigned -> changed(state, job -> job.without(unassigned.crewId(), job.reason()));
            case CrewReleased released -> changed(state, job -> job.without(released.crewId(), released.reason()));
            case JobRescheduled rescheduled ->
                changed(state, job -> job.at(rescheduled.plannedStart(), rescheduled.reason()));
            case JobCompleted completed -> changed(state, job -> job.completed(completed));
            case JobCancelled cancelled -> changed(state, job -> job.cancelled(cancelled.reason()));
            case CompletionCorrected corrected -> changed(state, job -> job.corrected(corrected));
            case EquipmentCharged _, JobBilling _ -> Step.to(state);
        };
    }

    private static Step<State> changed(State state, UnaryOperator<Job> change) {
        return state.job() == null ? Step.to(state) : shown(change.apply(state.job()));
    }

    private static Step<State> shown(Job job) {
        return Step.to(new State(job)).putOwn(job);
    }
}
