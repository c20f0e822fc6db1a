package dev.storyline.fieldops.reschedulejob;

import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * A job begins at another time.
 *
 * @param jobId names a job
 * @param plannedStart planned start when
 * @param reason the reason
 * @param at when
 */
public record RescheduleJob(JobId jobId, Instant plannedStart, String reason, Instant at) {}
