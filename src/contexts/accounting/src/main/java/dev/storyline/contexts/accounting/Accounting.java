package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.Set;

/** The context of accounting. */
public final class Accounting {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("accounting", Set.of(AccountingEvent.class), List.of());

    private Accounting() {}

    /** The stream of one entry. */
    public static StreamId stream(EntryId entry) {
        return StreamId.of("entry", entry);
    }

    /** The stream of a ledger, {@code ledger#main}. */
    public static StreamId stream(LedgerId ledger) {
        return StreamId.of("ledger", ledger);
    }

    /** The stream of what the books know of one order, {@code order#o1}. */
    public static StreamId stream(OrderId order) {
        return StreamId.of("order", order);
    }

    /** The stream of what the books know of one job, {@code job#4711}. */
    public static StreamId stream(JobId job) {
        return StreamId.of("job", job);
    }
}
