package dev.storyline.accounting.trialbalance;

import dev.storyline.contexts.accounting.EntryEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryEvent.EntryReversed;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Adds the postings of each entry to the sums of their accounts. */
final class TrialBalanceProjection implements Projection<TrialBalanceProjection.State, EntryEvent> {
    /** Nothing is remembered. */
    record State() {}

    @Override
    public String name() {
        return "trial-balance";
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
            case EntryPosted posted -> Step.to(state).add(Sums.key(posted.entryId()), amounts(posted));
            case EntryReversed _ -> Step.to(state);
        };
    }

    private static Map<String, BigDecimal> amounts(EntryPosted posted) {
        Map<String, BigDecimal> amounts = new HashMap<>();
        for (Posting posting : posted.postings()) {
            amounts.merge(
                    Sums.name(posting.account(), posting.amount().currency()),
                    posting.amount().amount(),
                    BigDecimal::add);
        }
        return amounts;
    }
}
