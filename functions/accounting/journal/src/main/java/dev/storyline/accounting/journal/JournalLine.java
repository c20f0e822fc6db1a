package dev.storyline.accounting.journal;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry: a row for its month, one for each of its accounts, and one for each of its customers.
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
 * @param reason why it reverses or writes off; null otherwise
 */
public record JournalLine(
        EntryId entryId,
        String kind,
        String source,
        LocalDate effectiveOn,
        LocalDate bookedOn,
        Instant recordedAt,
        List<Posting> postings,
        @Nullable String about,
        @Nullable EntryId reverses,
        @Nullable String reason) {
    static JournalLine of(Recorded<EntryPosted> recorded) {
        EntryPosted posted = recorded.event();
        return new JournalLine(
                posted.entryId(),
                posted.kind(),
                posted.source(),
                posted.effectiveOn(),
                posted.bookedOn(),
                recorded.at(),
                posted.postings(),
                posted.about(),
                posted.reverses(),
                posted.reason());
    }

    /** The keys of the rows. */
    List<RowKey> keys() {
        String month = YearMonth.from(bookedOn).toString();
        String sort = bookedOn + "#" + entryId.value();
        List<RowKey> keys = new ArrayList<>();
        keys.add(new RowKey(partition(month), sort));
        postings.stream()
                .map(Posting::account)
                .distinct()
                .forEach(account -> keys.add(new RowKey(partition(month, account), sort)));
        postings.stream()
                .map(Posting::customerId)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(customer -> keys.add(new RowKey(partition(customer), sort)));
        return keys;
    }

    /** The entries of a month. */
    static String partition(String month) {
        return "month#" + month;
    }

    /** The entries of a month on an account. */
    static String partition(String month, String account) {
        return "month#" + month + "#" + account;
    }

    /** All entries about a customer. */
    static String partition(CustomerId customer) {
        return "customer#" + customer.value();
    }
}
