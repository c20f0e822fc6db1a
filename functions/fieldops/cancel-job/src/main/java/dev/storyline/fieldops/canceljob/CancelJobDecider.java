package dev.storyline.fieldops.canceljob;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.JobLifecycle;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** Cancels a job once, and only before it is completed. */
final class CancelJobDecider implements Decider<CancelJob, CancelJobDecider.State, JobLifecycle> {
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_COMPLETED = Rule.forbids("job-completed", "The job is done already.");

    /** The state of the job. */
    enum State {
        UNKNOWN,
        TO_DO,
        DONE,
        CALLED_OFF
    }

    @Override
    public Class<JobLifecycle> folds() {
        return JobLifecycle.class;
    }

    @Override
    public State initialState() {
        return State.UNKNOWN;
    }

    @Override
    public State evolve(State state, JobLifecycle event) {
        return switch (event) {
            case JobCreated _ -> State.TO_DO;
            case JobCompleted _, CompletionCorrected _ -> State.DONE;
            case JobCancelled _ -> State.CALLED_OFF;
        };
    }

    @Override
    public Decision<JobLifecycle> decide(CancelJob command, State state) {
        return switch (state) {
            case UNKNOWN -> reject(JOB_NOT_FOUND);
            case TO_DO -> accept(new JobCancelled(command.jobId(), command.reason()));
            case DONE -> reject(JOB_COMPLETED);
            case CALLED_OFF -> nothing();
        };
    }
}
