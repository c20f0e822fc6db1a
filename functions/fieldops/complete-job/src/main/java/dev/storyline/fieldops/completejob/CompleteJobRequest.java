package dev.storyline.fieldops.completejob;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends.
 *
 * @param jobId names a job, from the path
 * @param at when it was done
 * @param crewHours how long each crew worked; one that does not say since when worked until the job was done
 * @param note the note
 */
public record CompleteJobRequest(
        JobId jobId,
        Instant at,
        List<CrewHours> crewHours,
        @Nullable String note) {}
