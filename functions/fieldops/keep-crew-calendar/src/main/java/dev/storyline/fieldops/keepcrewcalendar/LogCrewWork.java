package dev.storyline.fieldops.keepcrewcalendar;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.Period;
import java.util.List;

/**
 * The command as the internal endpoint of log-crew-work reads it.
 *
 * @param crewId the crew
 * @param jobId the job
 * @param periods when the crew worked for the job; empty if it did not
 */
record LogCrewWork(CrewId crewId, JobId jobId, List<Period> periods) {
    LogCrewWork {
        periods = List.copyOf(periods);
    }
}
