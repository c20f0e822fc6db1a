package dev.storyline.accounting.postbill;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.JobId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A job was billed. A later bill replaces the one before.
 *
 * @param jobId the job
 * @param customerId who owes it
 * @param bill the number of the bill; the first is 1
 * @param amounts what it costs without tax
 * @param taxRate the tax as a fraction of that
 * @param completedAt when the job was completed or cancelled
 * @param receivedAt the time of the command
 */
public record PostBill(
        JobId jobId,
        CustomerId customerId,
        int bill,
        List<Money> amounts,
        BigDecimal taxRate,
        Instant completedAt,
        Instant receivedAt) {
    public PostBill {
        amounts = List.copyOf(amounts);
    }
}
