package dev.storyline.fieldops.createjob;

import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A customer calls.
 *
 * @param jobId names a job
 * @param customer the customer
 * @param siteAddress the site address
 * @param regionId names a region
 * @param trade the trade
 * @param plannedStart planned start when
 * @param estimatedHours the estimated hours
 * @param timeZone the name of a time zone in the IANA database
 * @param createdAt created at when
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
