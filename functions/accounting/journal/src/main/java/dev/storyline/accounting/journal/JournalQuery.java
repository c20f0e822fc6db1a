package dev.storyline.accounting.journal;

import dev.storyline.contexts.accounting.Account;
import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.edge.Problem;
import dev.storyline.kernel.Bounds;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param month the month, {@code 2026-11}; null for all months of a customer, or else for the present month
 * @param account one of {@link Account}; null for any
 * @param customerId the customer; null for all
 * @param after the {@code next} of the page before; null for the first page
 */
record JournalQuery(
        @Nullable String month,

        @Bounds(oneOf = {Account.RECEIVABLES, Account.BANK, Account.REVENUE, Account.TAX, Account.WRITE_OFFS}) @Nullable
        String account,

        @Nullable CustomerId customerId,
        @Nullable String after) {
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

    /** A page of the entries. */
    Journal answer(View view, Clock clock) {
        if (month != null && !MONTH.matcher(month).matches()) {
            throw Problem.malformed("query", "month", "must be a month, like 2026-11");
        }
        if (customerId != null) {
            return ofCustomer(customerId, view);
        }
        return ofMonth(
                Objects.requireNonNullElseGet(
                        month, () -> YearMonth.from(Ledger.day(clock.instant())).toString()),
                view);
    }

    private Journal ofMonth(String of, View view) {
        String partition = account == null ? JournalLine.partition(of) : JournalLine.partition(of, account);
        RowPage<JournalLine> page = view.rows(partition, Objects.requireNonNullElse(after, ""), JournalLine.class);
        return new Journal(of, account, null, page.rows(), page.next());
    }

    /** The rows of a customer are in the order of their days, so those of a month follow each other. */
    private Journal ofCustomer(CustomerId customer, View view) {
        String first = month == null ? "" : month;
        RowPage<JournalLine> page =
                view.rows(JournalLine.partition(customer), Objects.requireNonNullElse(after, first), JournalLine.class);
        List<JournalLine> of = page.rows().stream().filter(this::isWanted).toList();
        boolean over = month != null
                && !page.rows().isEmpty()
                && YearMonth.from(page.rows().getLast().bookedOn()).isAfter(YearMonth.parse(month));
        return journal(of, over ? null : page.next());
    }

    private boolean isWanted(JournalLine line) {
        return (month == null || YearMonth.from(line.bookedOn()).toString().equals(month))
                && (account == null || line.postings().stream().anyMatch(posting -> posting.isOn(account)));
    }

    private Journal journal(List<JournalLine> entries, @Nullable String next) {
        return new Journal(month, account, customerId, entries, next);
    }
}
