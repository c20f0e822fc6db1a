package dev.storyline.accounting.reverseentry;

import dev.storyline.contexts.accounting.EntryId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A bookkeeper takes an entry back.
 *
 * @param entryId the entry
 * @param reason why
 * @param on the day of the reversing entry
 * @param at the time of the command
 */
public record ReverseEntry(EntryId entryId, String reason, LocalDate on, Instant at) {}
