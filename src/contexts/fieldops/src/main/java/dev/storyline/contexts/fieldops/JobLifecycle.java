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

    /** The work is done. */
    @EventType("JobCompleted")
    record JobCompleted(
            JobId jobId,
            Instant at,
            List<CrewHours> crewHours,
            @Nullable String note) implements JobLifecycle {
        public JobCompleted {
            crewHours = List.copyOf(crewHours);
        }
    }
}
