package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;

/**
 * A dispatcher sends a crew.
 *
 * @param jobId names a job
 * @param crewId names a crew
 */
public record AssignCrew(JobId jobId, CrewId crewId) {}
