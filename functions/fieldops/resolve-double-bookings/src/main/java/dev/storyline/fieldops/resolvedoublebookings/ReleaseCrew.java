package dev.storyline.fieldops.resolvedoublebookings;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * The command as the internal endpoint of release-crew reads it.
 *
 * @param jobId the job
 * @param crewId the crew
 * @param plannedStart the planned start
 * @param inFavourOf the job that keeps the crew
 */
record ReleaseCrew(JobId jobId, CrewId crewId, Instant plannedStart, JobId inFavourOf) {}
