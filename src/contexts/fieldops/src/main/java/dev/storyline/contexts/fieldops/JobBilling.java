package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;

/** What accounting says about the bills of a job. */
public sealed interface JobBilling extends JobEvent {
    /**
     * Accounting accepted a bill of the job.
     *
     * @param bill the number of the bill; the first is 1
     */
    @EventType("BillAccepted")
    record BillAccepted(JobId jobId, int bill) implements JobBilling {}
}
