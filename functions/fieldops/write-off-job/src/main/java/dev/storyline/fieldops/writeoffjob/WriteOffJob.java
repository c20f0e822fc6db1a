package dev.storyline.fieldops.writeoffjob;

import dev.storyline.contexts.fieldops.JobId;

/**
 * A job will not be paid.
 *
 * @param jobId the job
 * @param reason the reason
 */
public record WriteOffJob(JobId jobId, String reason) {}
