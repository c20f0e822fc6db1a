package dev.storyline.fieldops.acceptbill;

import dev.storyline.contexts.fieldops.JobId;

/**
 * Accounting accepts a bill.
 *
 * @param jobId the job
 * @param bill the number of the bill; the first is 1
 */
public record AcceptBill(JobId jobId, int bill) {}
