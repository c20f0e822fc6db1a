package dev.storyline.fieldops.reschedulejob;

import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * A job begins at another time.
 *
 * @param jobId the job
 * @param plannedStart the planned start
 * @param reason the reason
 * @param at the time of the command
 */
public record RescheduleJob(JobId jobId, Instant plannedStart, String reason, Instant at) {}
