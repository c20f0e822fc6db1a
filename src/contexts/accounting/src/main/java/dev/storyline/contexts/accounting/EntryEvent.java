package dev.storyline.contexts.accounting;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Invariant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that is recorded in the stream of one entry. */
public sealed interface EntryEvent extends AccountingEvent {
    /** The entry. */
    EntryId entryId();

    /**
     * An entry of the journal. It is never changed; another entry may reverse it.
     *
     * @param kind one of {@link EntryKind}
     * @param source the fact behind it: the context, the event, and what names the fact
     * @param effectiveOn the day of the fact, in UTC
     * @param bookedOn the day in the books: the same, or the first open day if its month was closed
     * @param postings their sum is zero in each currency
     * @param about the stream of the order or job that hears of it; null if there is none
     * @param reverses the entry that it takes back; null for an entry of its own
     * @param reason why it reverses or writes off; null otherwise
     */
    @EventType("EntryPosted")
    record EntryPosted(
            EntryId entryId,
            String kind,
            String source,
            LocalDate effectiveOn,
            LocalDate bookedOn,
            List<Posting> postings,
            @Nullable String about,
            @Nullable EntryId reverses,
            @Nullable String reason)
            implements EntryEvent, Invariant {
        public EntryPosted {
            postings = List.copyOf(postings);
        }

        @Override
        public @Nullable String broken() {
            return Postings.broken(postings);
        }
    }

    /**
     * The entry is taken back.
     *
     * @param reversedBy the entry that does it
     */
    @EventType("EntryReversed")
    record EntryReversed(EntryId entryId, EntryId reversedBy) implements EntryEvent {}
}
