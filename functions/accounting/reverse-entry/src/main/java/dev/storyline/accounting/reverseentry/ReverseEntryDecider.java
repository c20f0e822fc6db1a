package dev.storyline.accounting.reverseentry;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.AccountingEvent;
import dev.storyline.contexts.accounting.EntryEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryEvent.EntryReversed;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.contexts.accounting.JobEvent.JobEntryPosted;
import dev.storyline.contexts.accounting.JobId;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.contexts.accounting.OrderEvent.OrderEntryPosted;
import dev.storyline.contexts.accounting.OrderId;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.contexts.accounting.Postings;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes an entry back once, by an entry with the opposite postings, which may be taken back in its turn. */
final class ReverseEntryDecider
        implements AtomicDecider<ReverseEntry, ReverseEntryDecider.State, EntryEvent, Ledger, AccountingEvent> {
    static final int LONGEST_REASON = 200;

    static final Rule ENTRY_NOT_FOUND = Rule.unknown("entry-not-found", "There is no such entry.");
    static final Rule REASON_MISSING = Rule.forbids("reason-missing", "A reversal says why.");
    static final Rule REASON_TOO_LONG = Rule.forbids("reason-too-long", "A reason has at most 200 characters.");
    static final Rule ALREADY_REVERSED = Rule.forbids("already-reversed", "The entry is reversed already.");
    static final Rule DATE_IN_FUTURE = Rule.forbids("date-in-future", "A reversal is dated today at the latest.");
    static final Rule BEFORE_ENTRY = Rule.forbids("before-entry", "A reversal is dated no earlier than its entry.");
    static final Rule MONTH_CLOSED = Rule.forbids("month-closed", "The month of this day is closed.");

    /**
     * The entry.
     *
     * @param posted null while there is none
     * @param reversed whether it was taken back
     */
    record State(@Nullable EntryPosted posted, boolean reversed) {}

    @Override
    public Class<EntryEvent> folds() {
        return EntryEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, false);
    }

    @Override
    public State evolve(State state, EntryEvent event) {
        return switch (event) {
            case EntryPosted posted -> new State(posted, state.reversed());
            case EntryReversed _ -> new State(state.posted(), true);
        };
    }

    @Override
    public Fold<Ledger, AccountingEvent> other() {
        return Ledger.FOLD;
    }

    @Override
    public Set<StreamId> others(ReverseEntry command, State state) {
        EntryPosted posted = state.posted();
        if (posted == null || broken(command, posted, state.reversed()) != null) {
            return Set.of();
        }
        Set<StreamId> streams = new HashSet<>();
        streams.add(Accounting.stream(reversal(posted)));
        if (posted.about() != null) {
            streams.add(StreamId.parse(posted.about()));
        }
        if (Ledger.mayBeClosed(command.on(), command.at())) {
            streams.add(Accounting.stream(Ledger.ID));
        }
        return streams;
    }

    @Override
    public AtomicDecision<EntryEvent, AccountingEvent> decide(
            ReverseEntry command, State state, Map<StreamId, Ledger> others) {
        EntryPosted posted = state.posted();
        if (posted == null) {
            return atHome(reject(ENTRY_NOT_FOUND));
        }
        Rule broken = broken(command, posted, state.reversed());
        if (broken != null) {
            return atHome(reject(broken));
        }
        Ledger ledger =
                Objects.requireNonNullElseGet(others.get(Accounting.stream(Ledger.ID)), Ledger.FOLD::initialState);
        if (ledger.isClosed(YearMonth.from(command.on()))) {
            return atHome(reject(MONTH_CLOSED));
        }
        EntryId reversal = reversal(posted);
        List<Posting> postings = Postings.reversed(posted.postings());
        Map<StreamId, List<AccountingEvent>> events = new HashMap<>();
        events.put(
                Accounting.stream(reversal),
                List.of(new EntryPosted(
                        reversal,
                        posted.kind(),
                        source(posted),
                        command.on(),
                        command.on(),
                        postings,
                        posted.about(),
                        posted.entryId(),
                        command.reason())));
        if (posted.about() != null) {
            StreamId about = StreamId.parse(posted.about());
            events.put(about, List.of(told(about, reversal, posted, command)));
        }
        return new AtomicDecision<>(accept(new EntryReversed(posted.entryId(), reversal)), events);
    }

    /** What the stream of the order or the job hears. */
    private static AccountingEvent told(StreamId about, EntryId reversal, EntryPosted posted, ReverseEntry command) {
        List<Posting> postings = Postings.reversed(posted.postings());
        OrderId order = new OrderId(about.id());
        return Accounting.stream(order).equals(about)
                ? new OrderEntryPosted(order, reversal, posted.kind(), postings)
                : new JobEntryPosted(
                        new JobId(about.id()), reversal, posted.kind(), null, command.on(), postings, posted.entryId());
    }

    private static @Nullable Rule broken(ReverseEntry command, EntryPosted posted, boolean reversed) {
        if (command.reason().isBlank()) {
            return REASON_MISSING;
        }
        if (command.reason().codePointCount(0, command.reason().length()) > LONGEST_REASON) {
            return REASON_TOO_LONG;
        }
        if (reversed) {
            return ALREADY_REVERSED;
        }
        if (command.on().isAfter(Ledger.day(command.at()))) {
            return DATE_IN_FUTURE;
        }
        return command.on().isBefore(posted.effectiveOn()) ? BEFORE_ENTRY : null;
    }

    private static EntryId reversal(EntryPosted posted) {
        return EntryId.of(source(posted));
    }

    private static String source(EntryPosted posted) {
        return "accounting/EntryReversed/" + posted.entryId().value();
    }
}
