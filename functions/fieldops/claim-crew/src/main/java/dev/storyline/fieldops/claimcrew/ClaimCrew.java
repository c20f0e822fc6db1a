package dev.storyline.fieldops.claimcrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job needs the crew from then to then, or no more at all.
 *
 * @param crewId names a crew
 * @param jobId names a job
 * @param from from when
 * @param to to when
 * @param assignedAt assigned at when
 */
public record ClaimCrew(
        CrewId crewId,
        JobId jobId,
        @Nullable Instant from,
        @Nullable Instant to,
        Instant assignedAt) {}
