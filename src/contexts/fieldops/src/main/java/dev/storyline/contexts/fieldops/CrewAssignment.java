package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;

/** The crews of a job. */
public sealed interface CrewAssignment extends JobEvent {
    /** The crew. */
    CrewId crewId();

    /**
     * The crew is assigned to the job, perhaps with others.
     *
     * @param rateClass the rate class of the crew on the day of the job
     */
    @EventType(value = "CrewAssigned", version = 2)
    record CrewAssigned(JobId jobId, CrewId crewId, String rateClass) implements CrewAssignment {}

    /** The crew is no longer assigned to the job. */
    @EventType("CrewUnassigned")
    record CrewUnassigned(JobId jobId, CrewId crewId) implements CrewAssignment {}

    /**
     * The crew is released from the job, because another job was assigned the crew first for the same time.
     *
     * @param reason always {@link #DOUBLE_BOOKED}, so far
     * @param inFavourOf the job that keeps the crew
     */
    @EventType("CrewReleased")
    record CrewReleased(JobId jobId, CrewId crewId, String reason, JobId inFavourOf)
            implements CrewAssignment, CrewConflict {
        /** The crew cannot be in two places. */
        public static final String DOUBLE_BOOKED = "double-booked";
    }
}
