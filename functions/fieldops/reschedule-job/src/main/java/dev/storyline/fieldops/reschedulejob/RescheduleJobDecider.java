package dev.storyline.fieldops.reschedulejob;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

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
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reschedules a job that exists and has not ended. Conflicts of its crews are found and resolved afterwards. */
final class RescheduleJobDecider implements Decider<RescheduleJob, RescheduleJobDecider.State, JobEvent> {
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_COMPLETED = Rule.forbids("job-completed", "The job is done already.");
    static final Rule JOB_CANCELLED = Rule.forbids("job-cancelled", "Nobody wants the job done any more.");

    /** The planned start, null before the creation, and whether the job has ended. */
    record State(@Nullable Instant plannedStart, boolean completed, boolean cancelled) {}

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, false, false);
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated created -> new State(created.plannedStart(), state.completed(), state.cancelled());
            case JobRescheduled moved -> new State(moved.plannedStart(), state.completed(), state.cancelled());
            case JobCompleted _ -> new State(state.plannedStart(), true, state.cancelled());
            case JobCancelled _ -> new State(state.plannedStart(), state.completed(), true);
            case CrewAssigned _,
                    CrewUnassigned _,
                    CrewReleased _,
                    CompletionCorrected _,
                    EquipmentCharged _,
                    JobBilling _ -> state;
        };
    }

    @Override
    public Decision<JobEvent> decide(RescheduleJob command, State state) {
        if (state.plannedStart() == null) {
            return reject(JOB_NOT_FOUND);
        }
        if (state.completed()) {
            return reject(JOB_COMPLETED);
        }
        if (state.cancelled()) {
            return reject(JOB_CANCELLED);
        }
        return state.plannedStart().equals(command.plannedStart())
                ? nothing()
                : accept(new JobRescheduled(command.jobId(), command.plannedStart(), command.reason()));
    }
}
