package dev.storyline.fieldops.createjob;

import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.Instant;

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
        Instant createdAt) {}
