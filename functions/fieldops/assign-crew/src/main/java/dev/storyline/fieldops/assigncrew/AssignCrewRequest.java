package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;

/**
 * What a client sends.
 *
 * @param jobId names a job, from the path
 * @param crewId names a crew
 */
public record AssignCrewRequest(JobId jobId, CrewId crewId) {}
