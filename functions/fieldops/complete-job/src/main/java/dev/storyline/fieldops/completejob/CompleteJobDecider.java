package dev.storyline.fieldops.completejob;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job is completed once, by its crew, and not before it was created. */
final class CompleteJobDecider implements Decider<CompleteJob, CompleteJobDecider.State, JobEvent> {
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_COMPLETED = Rule.forbids("job-completed", "The job is done already.");
    static final Rule NO_CREW_ASSIGNED =
            Rule.forbids("no-crew-assigned", "Only a crew can do a job; assign one first.");
    static final Rule CREW_NOT_ASSIGNED =
            Rule.forbids("crew-not-assigned", "Hours are told for a crew that is not assigned to the job.");
    static final Rule COMPLETED_BEFORE_CREATED =
            Rule.forbids("completed-before-created", "A job is not done before it is created.");

    /** Since when the job is there, who does it, and whether it is done. */
    record State(@Nullable Instant createdAt, @Nullable CrewId crew, boolean completed) {}

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, false);
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated created -> new State(created.createdAt(), state.crew(), state.completed());
            case CrewAssigned assigned -> new State(state.createdAt(), assigned.crewId(), state.completed());
            case JobCompleted _ -> new State(state.createdAt(), state.crew(), true);
        };
    }

    @Override
    public Decision<JobEvent> decide(CompleteJob command, State state) {
        if (state.createdAt() == null) {
            return reject(JOB_NOT_FOUND);
        }
        if (state.completed()) {
            return reject(JOB_COMPLETED);
        }
        if (state.crew() == null) {
            return reject(NO_CREW_ASSIGNED);
        }
        for (CrewHours hours : command.crewHours()) {
            if (!hours.crewId().equals(state.crew())) {
                return reject(CREW_NOT_ASSIGNED);
            }
        }
        if (command.at().isBefore(state.createdAt())) {
            return reject(COMPLETED_BEFORE_CREATED);
        }
        return accept(new JobCompleted(command.jobId(), command.at(), command.crewHours(), command.note()));
    }
}
