package dev.storyline.fieldops.billcompletedjobs;

import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * Nobody expects any more that a job is paid. A public event of the context fieldops; its contract is in the context's
 * folder.
 *
 * @param jobId the job
 * @param reason why
 * @param at when it was recorded
 */
@EventType("JobWrittenOff")
record WriteOff(JobId jobId, String reason, Instant at) {}
