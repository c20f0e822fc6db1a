package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * A dispatcher sends a crew.
 *
 * @param jobId names a job
 * @param crewId names a crew
 * @param rateClass the class in which it works on the day of the job
 * @param at when
 */
public record AssignCrew(JobId jobId, CrewId crewId, String rateClass, Instant at) {}
