package dev.storyline.accounting.postorders;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.AccountingEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.contexts.accounting.OrderEvent;
import dev.storyline.contexts.accounting.OrderEvent.OrderClosed;
import dev.storyline.contexts.accounting.OrderEvent.OrderEntryPosted;
import dev.storyline.contexts.accounting.OrderEvent.OrderOpened;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.StreamId;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Posts a fact about an order once, on its own day or, if the month is closed, on the first open one. Refuses nothing. */
final class PostOrderDecider
        implements AtomicDecider<PostOrder, PostOrderDecider.State, OrderEvent, Ledger, AccountingEvent> {
    /** The entries about the order: a few for each payment and each return. */
    record State(Set<EntryId> posted) {
        State {
            posted = Set.copyOf(posted);
        }
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(Set.of());
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderEntryPosted posted -> {
                Set<EntryId> more = new HashSet<>(state.posted());
                more.add(posted.entryId());
                yield new State(more);
            }
            case OrderOpened _, OrderClosed _ -> state;
        };
    }

    @Override
    public Fold<Ledger, AccountingEvent> other() {
        return Ledger.FOLD;
    }

    @Override
    public Set<StreamId> others(PostOrder command, State state) {
        if (isDone(command, state)) {
            return Set.of();
        }
        StreamId entry = Accounting.stream(EntryId.of(command.source()));
        return Ledger.mayBeClosed(Ledger.day(command.at()), command.receivedAt())
                ? Set.of(entry, Accounting.stream(Ledger.ID))
                : Set.of(entry);
    }

    @Override
    public AtomicDecision<OrderEvent, AccountingEvent> decide(
            PostOrder command, State state, Map<StreamId, Ledger> others) {
        if (isDone(command, state)) {
            return atHome(nothing());
        }
        EntryId entry = EntryId.of(command.source());
        LocalDate day = Ledger.day(command.at());
        Ledger ledger =
                Objects.requireNonNullElseGet(others.get(Accounting.stream(Ledger.ID)), Ledger.FOLD::initialState);
        return new AtomicDecision<>(
                accept(new OrderEntryPosted(command.orderId(), entry, command.kind(), command.postings())),
                Map.of(
                        Accounting.stream(entry),
                        List.of(new EntryPosted(
                                entry,
                                command.kind(),
                                command.source(),
                                day,
                                ledger.bookedOn(day),
                                command.postings(),
                                Accounting.stream(command.orderId()).toString(),
                                null,
                                null))));
    }

    /** What is posted already, or amounts to nothing, is not posted. */
    private static boolean isDone(PostOrder command, State state) {
        return command.postings().isEmpty() || state.posted().contains(EntryId.of(command.source()));
    }
}
