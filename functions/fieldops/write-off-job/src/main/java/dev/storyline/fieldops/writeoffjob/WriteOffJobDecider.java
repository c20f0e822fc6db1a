package dev.storyline.fieldops.writeoffjob;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.Bills;
import dev.storyline.contexts.fieldops.CrewAssignment;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.JobBilling.BillAccepted;
import dev.storyline.contexts.fieldops.JobBilling.JobWrittenOff;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** Writes a job off once, if it was billed. */
final class WriteOffJobDecider implements Decider<WriteOffJob, WriteOffJobDecider.State, JobEvent> {
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_NOT_BILLED = Rule.forbids("job-not-billed", "The job was not billed.");
    static final Rule ALREADY_WRITTEN_OFF = Rule.forbids("already-written-off", "The job is written off already.");

    /**
     * The job.
     *
     * @param created whether it was created
     * @param bills the numbers of its bills
     * @param writtenOff whether it was written off
     */
    record State(boolean created, Bills bills, boolean writtenOff) {
        State with(Bills next) {
            return new State(created, next, writtenOff);
        }
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false, Bills.NONE, false);
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated _ -> new State(true, state.bills(), state.writtenOff());
            case EquipmentCharged _ -> state.with(state.bills().withEquipment());
            case JobCompleted completed -> state.with(state.bills().withWork(completed.work()));
            case CompletionCorrected corrected -> state.with(state.bills().withWork(corrected.work()));
            case JobCancelled _ -> state.with(state.bills().withCancellation());
            case JobWrittenOff _ -> new State(state.created(), state.bills(), true);
            case BillAccepted _, CrewAssignment _, JobScheduling _ -> state;
        };
    }

    @Override
    public Decision<JobEvent> decide(WriteOffJob command, State state) {
        if (!state.created()) {
            return reject(JOB_NOT_FOUND);
        }
        if (!state.bills().isSent(state.bills().last())) {
            return reject(JOB_NOT_BILLED);
        }
        return state.writtenOff()
                ? reject(ALREADY_WRITTEN_OFF)
                : accept(new JobWrittenOff(command.jobId(), command.reason()));
    }
}
