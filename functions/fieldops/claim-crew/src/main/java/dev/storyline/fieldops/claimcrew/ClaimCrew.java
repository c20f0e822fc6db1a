package dev.storyline.fieldops.claimcrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job claims the crew for a period, or frees it.
 *
 * @param crewId the crew
 * @param jobId the job
 * @param from the beginning of the period; null frees the crew
 * @param to the end of the period; null frees the crew
 * @param assignedAt the time of the assignment
 */
public record ClaimCrew(
        CrewId crewId,
        JobId jobId,
        @Nullable Instant from,
        @Nullable Instant to,
        Instant assignedAt) {}
