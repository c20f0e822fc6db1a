package dev.storyline.fieldops.assigncrew;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

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
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.util.HashSet;
import java.util.Set;

/** Assigns one more crew to a job that exists and has not ended. It knows this job's stream only. */
final class AssignCrewDecider implements Decider<AssignCrew, AssignCrewDecider.State, JobEvent> {
    static final int MOST_CREWS = 20;

    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_COMPLETED = Rule.forbids("job-completed", "The job is done; nobody needs to go there.");
    static final Rule JOB_CANCELLED = Rule.forbids("job-cancelled", "Nobody wants the job done any more.");
    static final Rule TOO_MANY_CREWS = Rule.forbids("too-many-crews", "A job has " + MOST_CREWS + " crews at most.");

    /** The state of the job and its crews. */
    record State(boolean created, boolean completed, boolean cancelled, Set<CrewId> crews) {
        State with(CrewId crew) {
            Set<CrewId> more = new HashSet<>(crews);
            more.add(crew);
            return new State(created, completed, cancelled, Set.copyOf(more));
        }

        State without(CrewId crew) {
            Set<CrewId> fewer = new HashSet<>(crews);
            fewer.remove(crew);
            return new State(created, completed, cancelled, Set.copyOf(fewer));
        }
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false, false, false, Set.of());
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated _ -> new State(true, state.completed(), state.cancelled(), state.crews());
            case CrewAssigned assigned -> state.with(assigned.crewId());
            case CrewUnassigned unassigned -> state.without(unassigned.crewId());
            case CrewReleased released -> state.without(released.crewId());
            case JobCompleted _ -> new State(state.created(), true, state.cancelled(), state.crews());
            case JobCancelled _ -> new State(state.created(), state.completed(), true, state.crews());
            case CompletionCorrected _, JobRescheduled _, EquipmentCharged _, JobBilling _ -> state;
        };
    }

    @Override
    public Decision<JobEvent> decide(AssignCrew command, State state) {
        if (!state.created()) {
            return reject(JOB_NOT_FOUND);
        }
        if (state.completed()) {
            return reject(JOB_COMPLETED);
        }
        if (state.cancelled()) {
            return reject(JOB_CANCELLED);
        }
        if (state.crews().contains(command.crewId())) {
            return nothing();
        }
        return state.crews().size() < MOST_CREWS
                ? accept(new CrewAssigned(command.jobId(), command.crewId(), command.rateClass()))
                : reject(TOO_MANY_CREWS);
    }
}
