package dev.storyline.fieldops.acceptbill;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.Bills;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.JobBilling.BillAccepted;
import dev.storyline.contexts.fieldops.JobBilling.JobWrittenOff;
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

/** Accepts a bill once, if it was sent. A bill that was replaced meanwhile may still be accepted. */
final class AcceptBillDecider implements Decider<AcceptBill, AcceptBillDecider.State, JobEvent> {
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule BILL_NOT_SENT =
            Rule.forbids("bill-not-sent", "Accounting was never sent a bill of the job with this number.");

    /**
     * The bills of the job.
     *
     * @param created whether the job was created
     * @param bills their numbers
     * @param accepted the numbers of those that were accepted; no more than there are
     */
    record State(boolean created, Bills bills, Set<Integer> accepted) {
        State {
            accepted = Set.copyOf(accepted);
        }

        State with(Bills next) {
            return new State(created, next, accepted);
        }
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(false, Bills.NONE, Set.of());
    }

    @Override
    public State evolve(State state, JobEvent event) {
        return switch (event) {
            case JobCreated _ -> new State(true, state.bills(), state.accepted());
            case EquipmentCharged _ -> state.with(state.bills().withEquipment());
            case JobCompleted completed -> state.with(state.bills().withWork(completed.work()));
            case CompletionCorrected corrected -> state.with(state.bills().withWork(corrected.work()));
            case JobCancelled _ -> state.with(state.bills().withCancellation());
            case BillAccepted accepted -> {
                Set<Integer> more = new HashSet<>(state.accepted());
                more.add(accepted.bill());
                yield new State(state.created(), state.bills(), more);
            }
            case CrewAssigned _, CrewUnassigned _, CrewReleased _, JobRescheduled _, JobWrittenOff _ -> state;
        };
    }

    @Override
    public Decision<JobEvent> decide(AcceptBill command, State state) {
        if (!state.created()) {
            return reject(JOB_NOT_FOUND);
        }
        if (!state.bills().isSent(command.bill())) {
            return reject(BILL_NOT_SENT);
        }
        return state.accepted().contains(command.bill())
                ? nothing()
                : accept(new BillAccepted(command.jobId(), command.bill()));
    }
}
