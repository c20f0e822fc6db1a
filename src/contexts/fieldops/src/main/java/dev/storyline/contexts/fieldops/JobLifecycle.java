package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The beginning and the end of a job. */
public sealed interface JobLifecycle extends JobEvent {
    /**
     * A customer ordered a job.
     *
     * @param timeZone the region's time zone, so that the job's stream tells the day of the job
     * @param customerId the customer; null if only the name is known
     * @param taxRate the region's tax rate, so that the job's stream tells what is billed; null for none
     */
    @EventType("JobCreated")
    record JobCreated(
            JobId jobId,
            String customer,
            String siteAddress,
            RegionId regionId,
            String trade,
            Instant plannedStart,
            BigDecimal estimatedHours,
            String timeZone,
            Instant createdAt,
            @Nullable CustomerId customerId,
            @Nullable BigDecimal taxRate)
            implements JobLifecycle {}

    /**
     * The work is done.
     *
     * @param work the work of each crew, in one part for each of its rates
     */
    @EventType(value = "JobCompleted", version = 2)
    record JobCompleted(
            JobId jobId,
            Instant at,
            List<CrewWork> work,
            @Nullable String note) implements JobLifecycle {
        public JobCompleted {
            work = List.copyOf(work);
        }
    }

    /**
     * The report of the completed job was wrong. The work, the note and the bill are replaced; the time of the completion
     * stays.
     *
     * @param work the work of each crew, in one part for each of its rates
     */
    @EventType("CompletionCorrected")
    record CompletionCorrected(
            JobId jobId, List<CrewWork> work, @Nullable String note, String reason) implements JobLifecycle {
        public CompletionCorrected {
            work = List.copyOf(work);
        }
    }

    /** The job is cancelled. A slice that does not know this event must not decide about the job. */
    @EventType(value = "JobCancelled", essential = true)
    record JobCancelled(JobId jobId, String reason) implements JobLifecycle {}
}
