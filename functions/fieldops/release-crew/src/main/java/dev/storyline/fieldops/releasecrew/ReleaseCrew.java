package dev.storyline.fieldops.releasecrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * A double-booked crew leaves the later job.
 *
 * @param jobId the job
 * @param crewId the crew
 * @param plannedStart the planned start
 * @param inFavourOf the job that keeps the crew
 */
public record ReleaseCrew(JobId jobId, CrewId crewId, Instant plannedStart, JobId inFavourOf) {}
