package dev.storyline.accounting.journal;

import dev.storyline.contexts.accounting.CustomerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries, the earliest booked first.
 *
 * @param month the month in which they are booked; null for all of a customer
 * @param account the account that they have postings on; null for any
 * @param customerId the customer whom they are about; null for all
 * @param entries the entries
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record Journal(
        @Nullable String month,
        @Nullable String account,
        @Nullable CustomerId customerId,
        List<JournalLine> entries,
        @Nullable String next) {}
