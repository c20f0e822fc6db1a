package dev.storyline.accounting.customerbalance;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryKind;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A row: what one entry changes of what a customer owes in one currency.
 *
 * @param effectiveOn the day of the fact
 * @param recordedAt when it was recorded
 * @param part what it counts as
 * @param owed the amount; negative if less is owed
 */
record OwedLine(LocalDate effectiveOn, Instant recordedAt, Part part, Money owed) {
    /** What an amount counts as. */
    enum Part {
        CHARGE,
        PAYMENT,
        REFUND
    }

    static OwedLine of(Recorded<EntryPosted> posted, Posting posting) {
        return new OwedLine(
                posted.event().effectiveOn(), posted.at(), part(posted.event().kind()), posting.amount());
    }

    private static Part part(String kind) {
        return switch (kind) {
            case EntryKind.PAYMENT -> Part.PAYMENT;
            case EntryKind.REFUND -> Part.REFUND;
            default -> Part.CHARGE;
        };
    }

    /** The lines of a customer, in the order of their days. */
    static String partition(CustomerId customer) {
        return "customer#" + customer.value();
    }

    static RowKey key(CustomerId customer, EntryPosted posted, Posting posting) {
        return new RowKey(
                partition(customer),
                posted.effectiveOn() + "#" + posted.entryId().value() + "#"
                        + posting.amount().currency());
    }
}
