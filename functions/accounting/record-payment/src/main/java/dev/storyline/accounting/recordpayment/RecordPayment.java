package dev.storyline.accounting.recordpayment;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.contexts.accounting.JobId;
import dev.storyline.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money comes in outside an order.
 *
 * @param reference names the payment
 * @param customerId who paid
 * @param amount what came in
 * @param of the job that is paid; null for a payment of nothing in particular
 * @param at the time of the command
 */
public record RecordPayment(
        String reference,
        CustomerId customerId,
        Money amount,
        @Nullable JobId of,
        Instant at) {
    /** The fact that the entry is about. */
    static String source(String reference) {
        return "accounting/payments/" + reference;
    }

    /** The entry. One reference has one. */
    EntryId entry() {
        return EntryId.of(source(reference));
    }
}
