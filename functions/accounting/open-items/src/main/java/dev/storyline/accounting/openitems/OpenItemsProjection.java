package dev.storyline.accounting.openitems;

import dev.storyline.contexts.accounting.Account;
import dev.storyline.contexts.accounting.AccountingEvent;
import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.EntryEvent;
import dev.storyline.contexts.accounting.EntryKind;
import dev.storyline.contexts.accounting.JobEvent.JobEntryPosted;
import dev.storyline.contexts.accounting.JobEvent.JobGivenUp;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.contexts.accounting.LedgerEvent;
import dev.storyline.contexts.accounting.OrderEvent.OrderClosed;
import dev.storyline.contexts.accounting.OrderEvent.OrderEntryPosted;
import dev.storyline.contexts.accounting.OrderEvent.OrderOpened;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.contexts.accounting.Postings;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order or a job has a row while something is left to pay of it. */
final class OpenItemsProjection implements Projection<OpenItemsProjection.State, AccountingEvent> {
    /**
     * An order or a job.
     *
     * @param customer who is to pay; null before it is placed or billed
     * @param since when its age begins; null before it is placed or billed
     * @param owed its gross amount, and what came in, on receivables
     * @param closed whether it was cancelled
     * @param row its row; null while it has none
     */
    record State(
            @Nullable CustomerId customer,
            @Nullable LocalDate since,
            List<Posting> owed,
            boolean closed,
            @Nullable OpenRow row) {
        State with(List<Posting> postings) {
            return new State(
                    customer,
                    since,
                    Postings.merged(
                            owed,
                            postings.stream()
                                    .filter(posting -> posting.isOn(Account.RECEIVABLES))
                                    .toList()),
                    closed,
                    row);
        }

        State ofCustomer(CustomerId whose, LocalDate day) {
            return new State(whose, since == null ? day : since, owed, closed, row);
        }
    }

    @Override
    public String name() {
        return "open-items";
    }

    @Override
    public Class<AccountingEvent> folds() {
        return AccountingEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, List.of(), false, null);
    }

    @Override
    public Step<State> step(State state, Recorded<AccountingEvent> event) {
        return switch (event.event()) {
            case OrderOpened opened ->
                shown(
                        event,
                        state.ofCustomer(opened.customerId(), Ledger.day(opened.at()))
                                .with(List.of(Posting.owedBy(opened.customerId(), opened.gross()))));
            case OrderClosed _ ->
                shown(event, new State(state.customer(), state.since(), state.owed(), true, state.row()));
            case OrderEntryPosted posted ->
                posted.kind().equals(EntryKind.PAYMENT) ? shown(event, state.with(posted.postings())) : Step.to(state);
            case JobEntryPosted posted -> shown(event, billed(state, posted).with(posted.postings()));
            case JobGivenUp _ -> Step.to(state);
            case EntryEvent _, LedgerEvent _ -> Step.to(state);
        };
    }

    /** A job is open since its first bill that costs something. */
    private static State billed(State state, JobEntryPosted posted) {
        State next = state;
        for (Posting posting : posted.postings()) {
            CustomerId customer = posting.customerId();
            if (customer != null && posted.kind().equals(EntryKind.BILL)) {
                next = next.ofCustomer(customer, posted.on());
            }
        }
        return next;
    }

    private static Step<State> shown(Recorded<AccountingEvent> event, State next) {
        OpenRow row = row(event, next);
        Step<State> step = Step.to(new State(next.customer(), next.since(), next.owed(), next.closed(), row));
        if (row != null) {
            return step.put(row.key(), row);
        }
        return next.row() == null ? step : step.remove(next.row().key());
    }

    private static @Nullable OpenRow row(Recorded<AccountingEvent> event, State state) {
        List<Money> open = Postings.sums(state.owed()).values().stream()
                .filter(sum -> sum.signum() > 0)
                .toList();
        return state.customer() == null || state.since() == null || state.closed() || open.isEmpty()
                ? null
                : new OpenRow(event.stream().toString(), state.customer(), state.since(), open);
    }
}
