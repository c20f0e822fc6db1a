package dev.storyline.fieldops.unassignedjobs;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * An open job without a crew.
 *
 * @param jobId the job
 * @param plannedStart the planned start
 * @param estimatedHours the estimated hours of work
 * @param customer the customer
 * @param siteAddress the address of the site
 * @param trade the kind of work
 */
public record UnassignedJob(
        JobId jobId,
        Instant plannedStart,
        BigDecimal estimatedHours,
        String customer,
        String siteAddress,
        String trade) {
    static UnassignedJob of(JobCreated created) {
        return new UnassignedJob(
                created.jobId(),
                created.plannedStart(),
                created.estimatedHours(),
                created.customer(),
                created.siteAddress(),
                created.trade());
    }

    UnassignedJob at(Instant start) {
        return new UnassignedJob(jobId, start, estimatedHours, customer, siteAddress, trade);
    }

    /** The jobs of one region stand together. */
    static String partition(RegionId region) {
        return "unassigned#" + region.value();
    }

    /** The key of its row. */
    RowKey key(RegionId region) {
        return new RowKey(partition(region), FieldOps.sortable(plannedStart) + "#" + jobId.value());
    }
}
