package dev.storyline.accounting.recordpayment;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.JobId;
import dev.storyline.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client.
 *
 * @param reference names the payment
 * @param customerId who paid
 * @param amount what came in
 * @param of the job that is paid; null for a payment of nothing in particular
 */
public record RecordPaymentRequest(
        String reference,
        CustomerId customerId,
        Money amount,
        @Nullable JobId of) {}
