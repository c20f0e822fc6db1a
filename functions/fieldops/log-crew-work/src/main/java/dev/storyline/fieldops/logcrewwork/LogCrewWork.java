package dev.storyline.fieldops.logcrewwork;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.Period;
import java.util.List;

/**
 * A crew worked for a job, or did not.
 *
 * @param crewId the crew
 * @param jobId the job
 * @param periods when the crew worked for the job; empty if it did not
 */
public record LogCrewWork(CrewId crewId, JobId jobId, List<Period> periods) {}
