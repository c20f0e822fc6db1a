package dev.storyline.fieldops.unacceptedbills;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.RowKey;
import java.time.Instant;

/**
 * The latest bill of a job, while accounting has not accepted it.
 *
 * @param jobId the job
 * @param customer the customer who pays
 * @param bill the number of the bill
 * @param billedAt when the job was completed, corrected or cancelled
 */
public record UnacceptedBill(JobId jobId, String customer, int bill, Instant billedAt) {
    /** The bills of one region stand together, the one that waits longest first. */
    static String partition(RegionId region) {
        return "unaccepted#" + region.value();
    }

    /** The key of the row. */
    RowKey key(RegionId region) {
        return new RowKey(partition(region), FieldOps.sortable(billedAt) + "#" + jobId.value());
    }
}
