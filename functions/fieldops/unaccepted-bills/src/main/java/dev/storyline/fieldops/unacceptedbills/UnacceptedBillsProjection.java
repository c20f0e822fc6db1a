package dev.storyline.fieldops.unacceptedbills;

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
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job has one row while its latest bill is not accepted. The state has the key of the row. */
final class UnacceptedBillsProjection implements Projection<UnacceptedBillsProjection.State, JobEvent> {
    /**
     * The job and its bills.
     *
     * @param job who pays for it, and where; null before it is created
     * @param bills the numbers of its bills
     * @param waiting its row; null if nothing waits
     */
    record State(
            @Nullable Billed job, Bills bills, @Nullable UnacceptedBill waiting) {}

    /** The customer who pays, and the region. */
    record Billed(String customer, RegionId regionId) {}

    @Override
    public String name() {
        return "unaccepted-bills";
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, Bills.NONE, null);
    }

    @Override
    public Step<State> step(State state, Recorded<JobEvent> event) {
        Bills bills = state.bills();
        return switch (event.event()) {
            case JobCreated created ->
                Step.to(new State(new Billed(created.customer(), created.regionId()), bills, state.waiting()));
            case EquipmentCharged _ -> Step.to(new State(state.job(), bills.withEquipment(), state.waiting()));
            case JobCompleted completed -> billed(state, bills.withWork(completed.work()), event);
            case CompletionCorrected corrected -> billed(state, bills.withWork(corrected.work()), event);
            case JobCancelled _ -> billed(state, bills.withCancellation(), event);
            case BillAccepted accepted -> accepted(state, accepted.bill());
            case JobWrittenOff _ -> Step.to(state);
            case CrewAssignment _ -> Step.to(state);
            case JobScheduling _ -> Step.to(state);
        };
    }

    /** Puts the latest bill in the place of the one before. */
    private static Step<State> billed(State state, Bills bills, Recorded<JobEvent> event) {
        Billed job = state.job();
        if (job == null || !bills.isSent(bills.last())) {
            return Step.to(new State(job, bills, state.waiting()));
        }
        Instant at = event.at();
        UnacceptedBill row = new UnacceptedBill(event.event().jobId(), job.customer(), bills.last(), at);
        return without(new State(job, bills, row), job, state.waiting()).put(row.key(job.regionId()), row);
    }

    /** An earlier bill that is accepted late does not matter: another one replaced it. */
    private static Step<State> accepted(State state, int bill) {
        UnacceptedBill waiting = state.waiting();
        Billed job = state.job();
        return job == null || waiting == null || waiting.bill() != bill
                ? Step.to(state)
                : without(new State(job, state.bills(), null), job, waiting);
    }

    private static Step<State> without(State next, Billed job, @Nullable UnacceptedBill before) {
        Step<State> step = Step.to(next);
        return before == null ? step : step.remove(before.key(job.regionId()));
    }
}
