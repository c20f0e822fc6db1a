package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** The planned start of a job. */
public sealed interface JobScheduling extends JobEvent {
    /** The job begins at another time; it takes as long as before. */
    @EventType("JobRescheduled")
    record JobRescheduled(JobId jobId, Instant plannedStart, String reason) implements JobScheduling {}
}
