package dev.storyline.fieldops.resolvedoublebookings;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * The command as the inner door of release-crew reads it.
 *
 * @param jobId names a job
 * @param crewId names a crew
 * @param plannedStart planned start when
 * @param inFavourOf names a job
 */
record ReleaseCrew(JobId jobId, CrewId crewId, Instant plannedStart, JobId inFavourOf) {}
