package dev.storyline.fieldops.createjob;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** A job is created once. */
final class CreateJobDecider implements Decider<CreateJob, CreateJobDecider.State, JobCreated> {
    static final Rule JOB_EXISTS =
            Rule.forbids("job-exists", "A job is created once; give the new one another number.");

    /** Whether the job exists. */
    record State(boolean created) {}

    @Override
    public Class<JobCreated> folds() {
        return JobCreated.class;
    }

    @Override
    public State initialState() {
        return new State(false);
    }

    @Override
    public State evolve(State state, JobCreated event) {
        return new State(true);
    }

    @Override
    public Decision<JobCreated> decide(CreateJob command, State state) {
        if (state.created()) {
            return reject(JOB_EXISTS);
        }
        return accept(new JobCreated(
                command.jobId(),
                command.customer(),
                command.siteAddress(),
                command.regionId(),
                command.trade(),
                command.plannedStart(),
                command.estimatedHours(),
                command.timeZone(),
                command.createdAt(),
                command.customerId(),
                command.taxRate()));
    }
}
