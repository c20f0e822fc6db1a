package dev.storyline.fieldops.canceljob;

import dev.storyline.contexts.fieldops.JobId;

/**
 * A job is cancelled.
 *
 * @param jobId the job
 * @param reason the reason
 */
public record CancelJob(JobId jobId, String reason) {}
