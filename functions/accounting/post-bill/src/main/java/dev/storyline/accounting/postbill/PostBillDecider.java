package dev.storyline.accounting.postbill;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.accounting.Account;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.AccountingEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.contexts.accounting.EntryKind;
import dev.storyline.contexts.accounting.JobAccount;
import dev.storyline.contexts.accounting.JobEvent;
import dev.storyline.contexts.accounting.JobEvent.JobEntryPosted;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.contexts.accounting.Postings;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.StreamId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Posts the difference between a bill and what the job was billed before. A bill that a later one has overtaken changes
 * nothing, and bills may be left out. What is billed of a job that was given up is written off at once.
 */
final class PostBillDecider implements AtomicDecider<PostBill, JobAccount, JobEvent, Ledger, AccountingEvent> {
    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public JobAccount initialState() {
        return JobAccount.FOLD.initialState();
    }

    @Override
    public JobAccount evolve(JobAccount account, JobEvent event) {
        return account.after(event);
    }

    @Override
    public Fold<Ledger, AccountingEvent> other() {
        return Ledger.FOLD;
    }

    @Override
    public Set<StreamId> others(PostBill command, JobAccount account) {
        Set<StreamId> streams = new HashSet<>();
        for (JobEntryPosted posted : posted(command, account)) {
            if (!posted.postings().isEmpty()) {
                streams.add(Accounting.stream(posted.entryId()));
            }
        }
        if (!streams.isEmpty() && Ledger.mayBeClosed(Ledger.day(command.completedAt()), command.receivedAt())) {
            streams.add(Accounting.stream(Ledger.ID));
        }
        return streams;
    }

    @Override
    public AtomicDecision<JobEvent, AccountingEvent> decide(
            PostBill command, JobAccount account, Map<StreamId, Ledger> others) {
        List<JobEntryPosted> posted = posted(command, account);
        if (posted.isEmpty()) {
            return atHome(nothing());
        }
        Ledger ledger =
                Objects.requireNonNullElseGet(others.get(Accounting.stream(Ledger.ID)), Ledger.FOLD::initialState);
        Map<StreamId, List<AccountingEvent>> entries = new HashMap<>();
        for (JobEntryPosted one : posted) {
            if (!one.postings().isEmpty()) {
                entries.put(Accounting.stream(one.entryId()), List.of(entry(command, one, ledger)));
            }
        }
        return new AtomicDecision<>(accept(posted), entries);
    }

    private static EntryPosted entry(PostBill command, JobEntryPosted posted, Ledger ledger) {
        return new EntryPosted(
                posted.entryId(),
                posted.kind(),
                source(command, posted.kind()),
                posted.on(),
                ledger.bookedOn(posted.on()),
                posted.postings(),
                Accounting.stream(command.jobId()).toString(),
                null,
                null);
    }

    private static String source(PostBill command, String kind) {
        String bill = "fieldops/JobBillable/" + command.jobId().value() + "/" + command.bill();
        return kind.equals(EntryKind.BILL) ? bill : bill + "/" + kind;
    }

    /** What the job's stream is told; nothing of a bill that was overtaken. */
    private static List<JobEntryPosted> posted(PostBill command, JobAccount account) {
        if (command.bill() <= account.bill()) {
            return List.of();
        }
        LocalDate day = Ledger.day(command.completedAt());
        List<JobEntryPosted> posted = new ArrayList<>();
        posted.add(new JobEntryPosted(
                command.jobId(),
                EntryId.of(source(command, EntryKind.BILL)),
                EntryKind.BILL,
                command.bill(),
                day,
                Postings.merged(Postings.reversed(account.charges()), charges(command)),
                null));
        List<Posting> lost = account.after(posted.getFirst()).writingOff();
        if (account.givenUp() && !lost.isEmpty()) {
            posted.add(new JobEntryPosted(
                    command.jobId(),
                    EntryId.of(source(command, EntryKind.WRITE_OFF)),
                    EntryKind.WRITE_OFF,
                    null,
                    day,
                    lost,
                    null));
        }
        return posted;
    }

    /** What the bill charges; the tax of each amount is rounded once. */
    private static List<Posting> charges(PostBill command) {
        List<Posting> charges = new ArrayList<>();
        for (Money told : command.amounts()) {
            Money net = Postings.payable(told);
            Money tax = Postings.payable(new Money(net.amount().multiply(command.taxRate()), net.currency()));
            charges.add(Posting.owedBy(command.customerId(), net.plus(tax)));
            charges.add(Posting.on(Account.REVENUE, net.negated()));
            charges.add(Posting.on(Account.TAX, tax.negated()));
        }
        return Postings.merged(charges);
    }
}
