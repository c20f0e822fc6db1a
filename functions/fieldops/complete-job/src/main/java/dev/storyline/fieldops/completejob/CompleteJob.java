package dev.storyline.fieldops.completejob;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A technician reports that the work is done.
 *
 * @param jobId names a job
 * @param at when
 * @param crewHours the crew hours
 * @param note the note
 */
public record CompleteJob(
        JobId jobId,
        Instant at,
        List<CrewHours> crewHours,
        @Nullable String note) {}
