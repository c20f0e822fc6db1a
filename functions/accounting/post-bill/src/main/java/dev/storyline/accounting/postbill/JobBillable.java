package dev.storyline.accounting.postbill;

import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.JobId;
import dev.storyline.contexts.accounting.Postings;
import dev.storyline.contexts.accounting.RegionId;
import dev.storyline.kernel.Bounds;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields that this slice reads of the public event of field operations.
 *
 * @param jobId the job
 * @param regionId its region
 * @param completedAt when it was completed or cancelled
 * @param amounts what it costs without tax
 * @param bill the number of the bill; null for 1
 * @param customerId the customer; null if only a name is known
 * @param taxRate the tax as a fraction; null for none
 */
record JobBillable(
        JobId jobId,
        RegionId regionId,
        Instant completedAt,
        List<Money> amounts,
        @Nullable Integer bill,
        @Nullable CustomerId customerId,
        @Bounds(min = "0", max = "1") @Nullable BigDecimal taxRate) {
    static final String TYPE = "fieldops.JobBillable.v1";

    /** Who has only a name is part of the collective customer of the region. */
    PostBill command(Instant receivedAt) {
        return new PostBill(
                jobId,
                Objects.requireNonNullElseGet(customerId, () -> CustomerId.collective(regionId)),
                Objects.requireNonNullElse(bill, 1),
                amounts.stream().map(Postings::payable).toList(),
                Objects.requireNonNullElse(taxRate, BigDecimal.ZERO),
                completedAt,
                receivedAt);
    }
}
