package dev.storyline.accounting.reverseentry;

import dev.storyline.contexts.accounting.EntryId;
import java.time.LocalDate;

/**
 * The request of a client.
 *
 * @param entryId the entry, from the path
 * @param reason why
 * @param on the day of the reversing entry
 */
public record ReverseEntryRequest(EntryId entryId, String reason, LocalDate on) {}
