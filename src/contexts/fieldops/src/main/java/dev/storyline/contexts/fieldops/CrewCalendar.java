package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** The bookings of a crew. The crew's stream is the one place that sees all its jobs in order. */
public sealed interface CrewCalendar extends CrewEvent {
    /** The job. */
    JobId jobId();

    /**
     * The crew is booked for a job. An earlier booking for the same job ends.
     *
     * @param to the end; the crew may begin another job at that moment
     * @param assignedAt the time of the assignment; the earlier one keeps the crew
     */
    @EventType("CrewBooked")
    record CrewBooked(CrewId crewId, JobId jobId, Instant from, Instant to, Instant assignedAt)
            implements CrewCalendar {}

    /** The job does not need the crew any more. */
    @EventType("CrewFreed")
    record CrewFreed(CrewId crewId, JobId jobId) implements CrewCalendar {}

    /**
     * The job does not get the crew, because another job was assigned it first for the same time.
     *
     * @param from the planned start of the job
     * @param inFavourOf the job that keeps the crew
     */
    @EventType("CrewDoubleBooked")
    record CrewDoubleBooked(CrewId crewId, JobId jobId, Instant from, JobId inFavourOf)
            implements CrewCalendar, CrewConflict {}
}
