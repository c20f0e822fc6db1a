package dev.storyline.fieldops.billcompletedjobs;

import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.Money;
import java.time.Instant;
import java.util.List;

/**
 * The request to accounting to enter the revenue.
 *
 * @param jobId the job
 * @param customer the customer who pays
 * @param completedAt the time of the completion or cancellation
 * @param amounts one for each currency, in the order of their codes
 */
record RecordRevenue(JobId jobId, String customer, Instant completedAt, List<Money> amounts) {
    RecordRevenue {
        amounts = List.copyOf(amounts);
    }
}
