package dev.storyline.fieldops.canceljob;

import dev.storyline.contexts.fieldops.JobId;

/**
 * Nobody wants it done any more.
 *
 * @param jobId names a job
 * @param reason why
 */
public record CancelJob(JobId jobId, String reason) {}
