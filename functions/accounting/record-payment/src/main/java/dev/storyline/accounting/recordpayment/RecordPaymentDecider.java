package dev.storyline.accounting.recordpayment;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.accounting.Account;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.EntryEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryEvent.EntryReversed;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.contexts.accounting.EntryKind;
import dev.storyline.contexts.accounting.JobAccount;
import dev.storyline.contexts.accounting.JobEvent;
import dev.storyline.contexts.accounting.JobEvent.JobEntryPosted;
import dev.storyline.contexts.accounting.JobId;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.contexts.accounting.Postings;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records a payment under its reference once. It is booked today, and the month of today is never closed, so the ledger
 * need not be read.
 */
final class RecordPaymentDecider
        implements AtomicDecider<RecordPayment, RecordPaymentDecider.State, EntryEvent, JobAccount, JobEvent> {
    static final Rule PAYMENT_REFERENCE_USED =
            Rule.forbids("payment-reference-used", "Another payment has this reference.");
    static final Rule JOB_NOT_BILLED = Rule.forbids("job-not-billed", "Nothing was billed of this job.");
    static final Rule OTHER_CUSTOMER = Rule.forbids("other-customer", "The job was billed to another customer.");
    static final Rule CURRENCY_NOT_BILLED =
            Rule.forbids("currency-not-billed", "The job was not billed in this currency.");

    /**
     * The payment that has the reference.
     *
     * @param about what it is about
     * @param postings its postings; none while there is no such payment
     */
    record State(@Nullable String about, List<Posting> postings) {}

    @Override
    public Class<EntryEvent> folds() {
        return EntryEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, List.of());
    }

    @Override
    public State evolve(State state, EntryEvent event) {
        return switch (event) {
            case EntryPosted posted -> new State(posted.about(), posted.postings());
            case EntryReversed _ -> state;
        };
    }

    @Override
    public Fold<JobAccount, JobEvent> other() {
        return JobAccount.FOLD;
    }

    @Override
    public Set<StreamId> others(RecordPayment command, State state) {
        JobId of = command.of();
        return of == null || !state.postings().isEmpty() ? Set.of() : Set.of(Accounting.stream(of));
    }

    @Override
    public AtomicDecision<EntryEvent, JobEvent> decide(
            RecordPayment command, State state, Map<StreamId, JobAccount> jobs) {
        JobId of = command.of();
        String about = of == null ? null : Accounting.stream(of).toString();
        List<Posting> postings = List.of(
                Posting.on(Account.BANK, command.amount()),
                Posting.owedBy(command.customerId(), command.amount().negated()));
        if (!state.postings().isEmpty()) {
            return atHome(
                    state.postings().equals(postings) && Objects.equals(state.about(), about)
                            ? nothing()
                            : reject(PAYMENT_REFERENCE_USED));
        }
        EntryId entry = command.entry();
        LocalDate today = Ledger.day(command.at());
        EntryPosted posted = new EntryPosted(
                entry,
                EntryKind.PAYMENT,
                RecordPayment.source(command.reference()),
                today,
                today,
                postings,
                about,
                null,
                null);
        if (of == null) {
            return atHome(accept(posted));
        }
        Rule broken = broken(command, Objects.requireNonNull(jobs.get(Accounting.stream(of))));
        return broken != null
                ? atHome(reject(broken))
                : new AtomicDecision<>(
                        accept(posted),
                        Map.of(
                                Accounting.stream(of),
                                List.of(new JobEntryPosted(
                                        of, entry, EntryKind.PAYMENT, null, today, Postings.merged(postings), null))));
    }

    private static @Nullable Rule broken(RecordPayment command, JobAccount job) {
        List<Posting> billed = job.charges().stream()
                .filter(posting -> posting.isOn(Account.RECEIVABLES))
                .toList();
        if (billed.isEmpty()) {
            return JOB_NOT_BILLED;
        }
        if (billed.stream().noneMatch(posting -> command.customerId().equals(posting.customerId()))) {
            return OTHER_CUSTOMER;
        }
        return billed.stream()
                        .anyMatch(posting -> posting.amount()
                                .currency()
                                .equals(command.amount().currency()))
                ? null
                : CURRENCY_NOT_BILLED;
    }
}
