package dev.storyline.fieldops.completejob;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewRate;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A technician reports that the work is done.
 *
 * @param jobId the job
 * @param at the time of the completion; null if the job was done when it was reported
 * @param crewHours the hours of each crew
 * @param note the note of the technician
 * @param reportedAt the time of the command
 * @param rates the rates of the crews, one for a crew and a day
 */
public record CompleteJob(
        JobId jobId,
        @Nullable Instant at,
        List<CrewHours> crewHours,
        @Nullable String note,
        Instant reportedAt,
        List<CrewRate> rates) {}
