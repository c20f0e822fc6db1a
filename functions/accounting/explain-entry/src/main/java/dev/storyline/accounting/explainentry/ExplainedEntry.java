package dev.storyline.accounting.explainentry;

import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.contexts.accounting.Posting;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry, and what caused it.
 *
 * @param entryId the entry
 * @param kind the kind of fact
 * @param source the fact
 * @param effectiveOn the day of the fact
 * @param bookedOn the day in the books
 * @param recordedAt when it was recorded
 * @param postings their sum is zero in each currency
 * @param about the stream of the order or job that it is about; null if there is none
 * @param reverses the entry that it takes back; null for an entry of its own
 * @param reversedBy the entry that takes it back; null while none does
 * @param reason why it reverses or writes off; null otherwise
 * @param event the id of the event that caused it; null for a request of a person
 * @param command the id of the command that recorded it
 * @param actor the person or context that asked for it
 * @param correlation the conversation: the same for everything that one request from outside caused
 */
public record ExplainedEntry(
        EntryId entryId,
        String kind,
        String source,
        LocalDate effectiveOn,
        LocalDate bookedOn,
        Instant recordedAt,
        List<Posting> postings,
        @Nullable String about,
        @Nullable EntryId reverses,
        @Nullable EntryId reversedBy,
        @Nullable String reason,
        @Nullable String event,
        String command,
        String actor,
        String correlation) {
    /**
     * The query.
     *
     * @param entryId the entry, from the path
     */
    record Query(EntryId entryId) {}
}
