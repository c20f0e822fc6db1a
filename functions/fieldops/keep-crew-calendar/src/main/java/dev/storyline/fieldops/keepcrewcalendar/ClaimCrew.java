package dev.storyline.fieldops.keepcrewcalendar;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The command as the inner door of claim-crew reads it.
 *
 * @param crewId names a crew
 * @param jobId names a job
 * @param from from when
 * @param to to when
 * @param assignedAt assigned at when
 */
record ClaimCrew(
        CrewId crewId,
        JobId jobId,
        @Nullable Instant from,
        @Nullable Instant to,
        Instant assignedAt) {}
