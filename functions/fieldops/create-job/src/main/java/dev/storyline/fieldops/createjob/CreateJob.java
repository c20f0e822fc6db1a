package dev.storyline.fieldops.createjob;

import dev.storyline.contexts.fieldops.CustomerId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer orders a job.
 *
 * @param jobId the job
 * @param customer the customer
 * @param siteAddress the site address
 * @param regionId the region
 * @param trade the kind of work
 * @param plannedStart the planned start
 * @param estimatedHours the estimated hours of work
 * @param timeZone the name of a time zone in the IANA database
 * @param createdAt the time of the command
 * @param customerId the customer; null if only the name is known
 * @param taxRate the region's tax rate; null for none
 */
public record CreateJob(
        JobId jobId,
        String customer,
        String siteAddress,
        RegionId regionId,
        String trade,
        Instant plannedStart,
        BigDecimal estimatedHours,
        String timeZone,
        Instant createdAt,
        @Nullable CustomerId customerId,
        @Nullable BigDecimal taxRate) {}
