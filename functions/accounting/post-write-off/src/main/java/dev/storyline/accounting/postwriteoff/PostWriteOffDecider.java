package dev.storyline.accounting.postwriteoff;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.AccountingEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.contexts.accounting.EntryKind;
import dev.storyline.contexts.accounting.JobAccount;
import dev.storyline.contexts.accounting.JobEvent;
import dev.storyline.contexts.accounting.JobEvent.JobEntryPosted;
import dev.storyline.contexts.accounting.JobEvent.JobGivenUp;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.StreamId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Gives a job up once, and writes off what is open, tax in proportion. A write-off that overtakes the bill is remembered. */
final class PostWriteOffDecider implements AtomicDecider<PostWriteOff, JobAccount, JobEvent, Ledger, AccountingEvent> {
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
    public Set<StreamId> others(PostWriteOff command, JobAccount account) {
        if (account.writtenOff() || account.writingOff().isEmpty()) {
            return Set.of();
        }
        StreamId entry = Accounting.stream(EntryId.of(source(command)));
        return Ledger.mayBeClosed(Ledger.day(command.at()), command.receivedAt())
                ? Set.of(entry, Accounting.stream(Ledger.ID))
                : Set.of(entry);
    }

    @Override
    public AtomicDecision<JobEvent, AccountingEvent> decide(
            PostWriteOff command, JobAccount account, Map<StreamId, Ledger> others) {
        if (account.writtenOff()) {
            return atHome(nothing());
        }
        JobGivenUp givenUp = new JobGivenUp(command.jobId());
        List<Posting> lost = account.writingOff();
        if (lost.isEmpty()) {
            return atHome(accept(givenUp));
        }
        EntryId entry = EntryId.of(source(command));
        LocalDate day = Ledger.day(command.at());
        Ledger ledger =
                Objects.requireNonNullElseGet(others.get(Accounting.stream(Ledger.ID)), Ledger.FOLD::initialState);
        return new AtomicDecision<>(
                accept(givenUp, new JobEntryPosted(command.jobId(), entry, EntryKind.WRITE_OFF, null, day, lost, null)),
                Map.of(
                        Accounting.stream(entry),
                        List.of(new EntryPosted(
                                entry,
                                EntryKind.WRITE_OFF,
                                source(command),
                                day,
                                ledger.bookedOn(day),
                                lost,
                                Accounting.stream(command.jobId()).toString(),
                                null,
                                command.reason()))));
    }

    private static String source(PostWriteOff command) {
        return "fieldops/JobWrittenOff/" + command.jobId().value();
    }
}
