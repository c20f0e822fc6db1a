package dev.storyline.accounting.postwriteoff;

import dev.storyline.contexts.accounting.JobId;
import java.time.Instant;

/**
 * A job will not be paid.
 *
 * @param jobId the job
 * @param reason why
 * @param at when that was decided
 * @param receivedAt the time of the command
 */
public record PostWriteOff(JobId jobId, String reason, Instant at, Instant receivedAt) {}
