package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a job begins and ends. */
public sealed interface JobLifecycle extends JobEvent {
    /**
     * A customer wants something done.
     *
     * @param timeZone the region's, so that the job's own story tells on which day it is
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
            Instant createdAt)
            implements JobLifecycle {}

    /**
     * The work is done.
     *
     * @param work by each crew at each of its rates; a crew's work goes on where its rate changed
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

    /** Nobody wants it done any more. Whoever does not know this event must not decide about the job. */
    @EventType(value = "JobCancelled", essential = true)
    record JobCancelled(JobId jobId, String reason) implements JobLifecycle {}
}
