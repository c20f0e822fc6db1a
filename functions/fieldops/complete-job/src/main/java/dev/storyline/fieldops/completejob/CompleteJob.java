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
 * @param jobId names a job
 * @param at when
 * @param crewHours the crew hours
 * @param note the note
 * @param rates what the crews cost, one rate for a crew and a day
 */
public record CompleteJob(
        JobId jobId,
        Instant at,
        List<CrewHours> crewHours,
        @Nullable String note,
        List<CrewRate> rates) {}
