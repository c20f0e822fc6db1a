package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;

/**
 * The request of a client.
 *
 * @param jobId the job, from the path
 * @param crewId the crew
 */
public record AssignCrewRequest(JobId jobId, CrewId crewId) {}
