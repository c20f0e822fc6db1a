package dev.storyline.fieldops.billcompletedjobs;

import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * The request to accounting to enter the revenue, in place of that of an earlier bill of the job.
 *
 * @param jobId the job
 * @param customer the customer who pays
 * @param completedAt the time of the completion or cancellation
 * @param amounts one for each currency, in the order of their codes; empty if nothing is left to pay
 * @param bill the number of the bill; the first is 1
 */
record RecordRevenue(JobId jobId, String customer, Instant completedAt, List<Money> amounts, int bill) {
    RecordRevenue {
        amounts = List.copyOf(amounts);
    }
}
