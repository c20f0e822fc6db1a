package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The work of a crew as its jobs tell it. The crew's stream is the one place that sees the work for all jobs. */
public sealed interface CrewWorkLog extends CrewEvent {
    /** The job. */
    JobId jobId();

    /**
     * The crew worked for the job in these periods. What was logged for the job before no longer holds.
     *
     * @param periods empty if the crew did not work for the job after all
     */
    @EventType("CrewWorkLogged")
    record CrewWorkLogged(CrewId crewId, JobId jobId, List<Period> periods) implements CrewWorkLog {
        public CrewWorkLogged {
            periods = List.copyOf(periods);
        }
    }

    /**
     * The crew's work for two jobs overlaps. An overlap of the two jobs that was recorded before no longer holds.
     *
     * @param jobId the job whose work was logged later
     * @param otherJob the job whose work was logged before
     * @param from the first moment of the overlap
     * @param hours how long both took the crew
     */
    @EventType("CrewHoursOverlapped")
    record CrewHoursOverlapped(CrewId crewId, JobId jobId, JobId otherJob, Instant from, BigDecimal hours)
            implements CrewWorkLog, CrewConflict {}

    /** The crew's work for two jobs does not overlap any more. The jobs stand as in the event of the overlap. */
    @EventType("CrewHoursSettled")
    record CrewHoursSettled(CrewId crewId, JobId jobId, JobId otherJob) implements CrewWorkLog, CrewConflict {}
}
