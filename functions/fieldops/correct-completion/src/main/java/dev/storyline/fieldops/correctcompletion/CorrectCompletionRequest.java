package dev.storyline.fieldops.correctcompletion;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client, with the whole report as it should have been.
 *
 * @param jobId the job, from the path
 * @param crewHours the hours of each crew; work without a start ended when the job was completed
 * @param note the note of the technician
 * @param reason why the report is corrected
 */
public record CorrectCompletionRequest(
        JobId jobId, List<CrewHours> crewHours, @Nullable String note, String reason) {}
