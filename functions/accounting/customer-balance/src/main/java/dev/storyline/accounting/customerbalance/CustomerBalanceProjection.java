package dev.storyline.accounting.customerbalance;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.EntryEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryEvent.EntryReversed;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;

/** An entry has a line for each customer and currency in it. */
final class CustomerBalanceProjection implements Projection<CustomerBalanceProjection.State, EntryEvent> {
    /** Nothing is remembered. */
    record State() {}

    @Override
    public String name() {
        return "customer-balance";
    }

    @Override
    public Class<EntryEvent> folds() {
        return EntryEvent.class;
    }

    @Override
    public State initialState() {
        return new State();
    }

    @Override
    public Step<State> step(State state, Recorded<EntryEvent> event) {
        return switch (event.event()) {
            case EntryPosted posted -> owed(state, event.with(posted));
            case EntryReversed _ -> Step.to(state);
        };
    }

    private static Step<State> owed(State state, Recorded<EntryPosted> posted) {
        Step<State> step = Step.to(state);
        for (Posting posting : posted.event().postings()) {
            CustomerId customer = posting.customerId();
            if (customer != null) {
                step = step.put(OwedLine.key(customer, posted.event(), posting), OwedLine.of(posted, posting));
            }
        }
        return step;
    }
}
