package dev.storyline.accounting.revenue;

import dev.storyline.contexts.accounting.Account;
import dev.storyline.contexts.accounting.EntryEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryEvent.EntryReversed;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Adds what an entry earns to the sums of the month in which it is booked. */
final class RevenueProjection implements Projection<RevenueProjection.State, EntryEvent> {
    private static final Set<String> ACCOUNTS = Set.of(Account.REVENUE, Account.TAX, Account.WRITE_OFFS);

    /** Nothing is remembered. */
    record State() {}

    @Override
    public String name() {
        return "revenue";
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
            case EntryPosted posted -> earned(state, posted);
            case EntryReversed _ -> Step.to(state);
        };
    }

    private static Step<State> earned(State state, EntryPosted posted) {
        Map<String, BigDecimal> amounts = new HashMap<>();
        for (Posting posting : posted.postings()) {
            if (ACCOUNTS.contains(posting.account())) {
                amounts.merge(
                        MonthSums.name(posting.amount().currency(), posting.account()),
                        posting.amount().amount(),
                        BigDecimal::add);
            }
        }
        String month = YearMonth.from(posted.bookedOn()).toString();
        return amounts.isEmpty() ? Step.to(state) : Step.to(state).add(MonthSums.key(month, posted.entryId()), amounts);
    }
}
