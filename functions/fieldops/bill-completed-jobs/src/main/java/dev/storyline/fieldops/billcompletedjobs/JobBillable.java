package dev.storyline.fieldops.billcompletedjobs;

import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.Money;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.EventType;
import java.time.Instant;
import java.util.List;

/**
 * A job is done, and this is what it costs. What field operations promise to others; the contract is in the context's
 * folder.
 *
 * @param jobId which job
 * @param customer who pays
 * @param regionId where it was done
 * @param completedAt when
 * @param amounts one for each currency, in the order of their codes; empty where nobody knows what it costs
 */
@EventType("JobBillable")
record JobBillable(JobId jobId, String customer, RegionId regionId, Instant completedAt, List<Money> amounts) {
    JobBillable {
        amounts = List.copyOf(amounts);
    }
}
