package dev.storyline.fieldops.completejob;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client.
 *
 * @param jobId the job, from the path
 * @param at the time of the completion; null for now
 * @param crewHours the hours of each crew; work without a start ended when the job was completed
 * @param note the note of the technician
 */
public record CompleteJobRequest(
        JobId jobId,
        @Nullable Instant at,
        List<CrewHours> crewHours,
        @Nullable String note) {}
