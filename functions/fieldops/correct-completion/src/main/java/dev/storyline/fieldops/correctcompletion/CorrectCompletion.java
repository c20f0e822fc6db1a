package dev.storyline.fieldops.correctcompletion;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewRate;
import dev.storyline.contexts.fieldops.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of a completed job was wrong; this is what was done.
 *
 * @param jobId the job
 * @param crewHours the hours of each crew
 * @param note the note of the technician
 * @param reason why the report is corrected
 * @param rates the rates of the crews, one for a crew and a day
 */
public record CorrectCompletion(
        JobId jobId, List<CrewHours> crewHours, @Nullable String note, String reason, List<CrewRate> rates) {}
