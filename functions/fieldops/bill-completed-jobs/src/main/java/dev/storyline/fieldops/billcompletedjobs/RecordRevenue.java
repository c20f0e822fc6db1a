package dev.storyline.fieldops.billcompletedjobs;

import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.Money;
import java.time.Instant;
import java.util.List;

/**
 * What accounting is asked to enter in its books.
 *
 * @param jobId which job
 * @param customer who pays
 * @param completedAt when it was done
 * @param amounts one for each currency, in the order of their codes
 */
record RecordRevenue(JobId jobId, String customer, Instant completedAt, List<Money> amounts) {
    RecordRevenue {
        amounts = List.copyOf(amounts);
    }
}
