package dev.storyline.fieldops.createjob;

import dev.storyline.contexts.fieldops.CustomerId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client.
 *
 * @param jobId the job, from the path
 * @param customer the customer
 * @param siteAddress the site address
 * @param regionId the region
 * @param trade the kind of work
 * @param plannedStart the planned start
 * @param estimatedHours the estimated hours of work
 * @param customerId the customer; null if only the name is known
 */
public record CreateJobRequest(
        JobId jobId,
        String customer,
        String siteAddress,
        RegionId regionId,
        String trade,
        Instant plannedStart,
        BigDecimal estimatedHours,
        @Nullable CustomerId customerId) {}
