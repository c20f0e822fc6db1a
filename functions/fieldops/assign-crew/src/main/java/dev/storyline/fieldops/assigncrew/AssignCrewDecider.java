package dev.storyline.fieldops.assigncrew;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import org.jspecify.annotations.Nullable;

/** A job that is there and not done gets one crew. */
final class AssignCrewDecider implements Decider<AssignCrew, AssignCrewDecider.State, JobEvent> {
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_COMPLETED = Rule.forbids("job-completed", "The job is done; nobody needs to go there.");
    static final Rule CREW_ALREADY_ASSIGNED = Rule.forbids("crew-already-assigned", "Another crew does the job.");

    /** How far the job is, and who does it. */
    record State(
            boolean created, boolean completed, @Nullable CrewId crew) {}

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false, false, null);
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated _ -> new State(true, state.completed(), state.crew());
            case CrewAssigned assigned -> new State(state.created(), state.completed(), assigned.crewId());
            case JobCompleted _ -> new State(state.created(), true, state.crew());
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
        if (state.crew() == null) {
            return accept(new CrewAssigned(command.jobId(), command.crewId()));
        }
        return state.crew().equals(command.crewId()) ? nothing() : reject(CREW_ALREADY_ASSIGNED);
    }
}
