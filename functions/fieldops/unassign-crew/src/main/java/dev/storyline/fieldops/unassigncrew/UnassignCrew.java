package dev.storyline.fieldops.unassigncrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;

/**
 * A dispatcher takes a crew off a job.
 *
 * @param jobId the job
 * @param crewId the crew
 */
public record UnassignCrew(JobId jobId, CrewId crewId) {}
