package dev.storyline.accounting.postwriteoff;

import dev.storyline.contexts.accounting.JobId;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of field operations.
 *
 * @param jobId the job
 * @param reason why it will not be paid
 * @param at when that was decided
 */
record JobWrittenOff(JobId jobId, String reason, Instant at) {
    static final String TYPE = "fieldops.JobWrittenOff.v1";
}
