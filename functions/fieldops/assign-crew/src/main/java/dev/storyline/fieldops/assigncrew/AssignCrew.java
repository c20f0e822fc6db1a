package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * A dispatcher sends a crew.
 *
 * @param jobId the job
 * @param crewId the crew
 * @param rateClass the rate class of the crew on the day of the job
 * @param at the time of the command
 */
public record AssignCrew(JobId jobId, CrewId crewId, String rateClass, Instant at) {}
