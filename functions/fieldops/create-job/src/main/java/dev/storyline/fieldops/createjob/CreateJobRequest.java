package dev.storyline.fieldops.createjob;

import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a client sends.
 *
 * @param jobId names a job, from the path
 * @param customer the customer
 * @param siteAddress the site address
 * @param regionId names a region
 * @param trade the trade
 * @param plannedStart planned start when
 * @param estimatedHours the estimated hours
 */
public record CreateJobRequest(
        JobId jobId,
        String customer,
        String siteAddress,
        RegionId regionId,
        String trade,
        Instant plannedStart,
        BigDecimal estimatedHours) {}
