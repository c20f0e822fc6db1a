package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;

/** Who does the job. */
public sealed interface CrewAssignment extends JobEvent {
    /** Which crew. */
    CrewId crewId();

    /** A crew shall do the job. */
    @EventType("CrewAssigned")
    record CrewAssigned(JobId jobId, CrewId crewId) implements CrewAssignment {}
}
