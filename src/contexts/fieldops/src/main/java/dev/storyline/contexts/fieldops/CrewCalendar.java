package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** What a crew's time is taken for: the one place that sees all its jobs in order. */
public sealed interface CrewCalendar extends CrewEvent {
    /** Which job. */
    JobId jobId();

    /**
     * The crew's time is taken for a job; what the same job took before is free again.
     *
     * @param to when it ends; at that moment the crew may begin another job
     * @param assignedAt since when the crew is assigned for this time: who came first stays
     */
    @EventType("CrewBooked")
    record CrewBooked(CrewId crewId, JobId jobId, Instant from, Instant to, Instant assignedAt)
            implements CrewCalendar {}

    /** The job does not need the crew any more. */
    @EventType("CrewFreed")
    record CrewFreed(CrewId crewId, JobId jobId) implements CrewCalendar {}

    /**
     * The job was assigned the crew for a time that another job had been assigned it for before, and does not get it.
     *
     * @param from when the job would begin
     * @param inFavourOf the other job
     */
    @EventType("CrewDoubleBooked")
    record CrewDoubleBooked(CrewId crewId, JobId jobId, Instant from, JobId inFavourOf)
            implements CrewCalendar, CrewConflict {}
}
