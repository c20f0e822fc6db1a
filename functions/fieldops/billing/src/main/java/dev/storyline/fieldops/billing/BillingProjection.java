package dev.storyline.fieldops.billing;

import dev.storyline.contexts.fieldops.CrewAssignment;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A job's own row is its bill. It has one line for each thing and rate, however often the thing was used. */
final class BillingProjection implements Projection<BillingProjection.State, JobEvent> {
    /** The bill so far; null before the job is created. */
    record State(@Nullable Billing bill) {}

    @Override
    public String name() {
        return "billing";
    }

    /** Version 2 folds corrections, which version 1 ignored. */
    @Override
    public int version() {
        return 2;
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
            case JobCreated created -> shown(Billing.of(created));
            case EquipmentCharged charged -> changed(state, bill -> bill.charged(charged));
            case JobCompleted completed -> changed(state, bill -> bill.completed(completed.work()));
            case CompletionCorrected corrected -> changed(state, bill -> bill.completed(corrected.work()));
            case JobCancelled _ -> changed(state, Billing::cancelled);
            case CrewAssignment _ -> Step.to(state);
            case JobScheduling _ -> Step.to(state);
            case JobBilling _ -> Step.to(state);
        };
    }

    private static Step<State> changed(State state, UnaryOperator<Billing> change) {
        return state.bill() == null ? Step.to(state) : shown(change.apply(state.bill()));
    }

    private static Step<State> shown(Billing bill) {
        return Step.to(new State(bill)).putOwn(bill);
    }
}
