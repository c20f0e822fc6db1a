package dev.storyline.fieldops.billcompletedjobs;

import dev.storyline.contexts.fieldops.CustomerId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Bounds;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a job that was completed, or cancelled with equipment charged. A public event of the context fieldops; its
 * contract is in the context's folder.
 *
 * @param jobId the job
 * @param customer the customer who pays
 * @param regionId the region of the job
 * @param completedAt the time of the completion or cancellation
 * @param amounts one for each currency, in the order of their codes; empty if no rate is known
 * @param bill the number of the bill, which replaces the one before; null for 1 in events from before there were numbers
 * @param customerId the customer; null if only the name is known
 * @param taxRate the tax that is added to the amounts, as a fraction; null for none
 */
@EventType("JobBillable")
record JobBillable(
        JobId jobId,
        String customer,
        RegionId regionId,
        Instant completedAt,
        List<Money> amounts,
        @Nullable Integer bill,
        @Nullable CustomerId customerId,
        @Bounds(min = "0", max = "1") @Nullable BigDecimal taxRate) {
    JobBillable {
        amounts = List.copyOf(amounts);
    }
}
