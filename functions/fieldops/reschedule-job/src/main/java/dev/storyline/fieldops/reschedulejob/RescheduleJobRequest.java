package dev.storyline.fieldops.reschedulejob;

import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * The request of a client.
 *
 * @param jobId the job, from the path
 * @param plannedStart the planned start
 * @param reason the reason
 */
public record RescheduleJobRequest(JobId jobId, Instant plannedStart, String reason) {}
