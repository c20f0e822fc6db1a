package dev.storyline.fieldops.reschedulejob;

import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * What a client sends.
 *
 * @param jobId names a job, from the path
 * @param plannedStart planned start when
 * @param reason the reason
 */
public record RescheduleJobRequest(JobId jobId, Instant plannedStart, String reason) {}
