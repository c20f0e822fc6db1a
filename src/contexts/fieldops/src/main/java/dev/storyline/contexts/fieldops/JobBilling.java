package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;

/** What accounting says about the bills of a job, and what becomes of them. */
public sealed interface JobBilling extends JobEvent {
    /**
     * Accounting accepted a bill of the job.
     *
     * @param bill the number of the bill; the first is 1
     */
    @EventType("BillAccepted")
    record BillAccepted(JobId jobId, int bill) implements JobBilling {}

    /** Nobody expects any more that the job is paid. */
    @EventType("JobWrittenOff")
    record JobWrittenOff(JobId jobId, String reason) implements JobBilling {}
}
