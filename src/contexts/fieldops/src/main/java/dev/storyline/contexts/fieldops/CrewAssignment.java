package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;

/** Who does the job. */
public sealed interface CrewAssignment extends JobEvent {
    /** Which crew. */
    CrewId crewId();

    /**
     * A crew shall do the job, perhaps with others.
     *
     * @param rateClass the class in which it will work
     */
    @EventType(value = "CrewAssigned", version = 2)
    record CrewAssigned(JobId jobId, CrewId crewId, String rateClass) implements CrewAssignment {}

    /** The crew shall not do the job after all. */
    @EventType("CrewUnassigned")
    record CrewUnassigned(JobId jobId, CrewId crewId) implements CrewAssignment {}

    /**
     * The crew cannot do the job: it was assigned to another one for the same time, and that one came first.
     *
     * @param reason always {@link #DOUBLE_BOOKED}, so far
     * @param inFavourOf the other job
     */
    @EventType("CrewReleased")
    record CrewReleased(JobId jobId, CrewId crewId, String reason, JobId inFavourOf)
            implements CrewAssignment, CrewConflict {
        /** The crew cannot be in two places. */
        public static final String DOUBLE_BOOKED = "double-booked";
    }
}
