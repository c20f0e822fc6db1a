package dev.storyline.fieldops.releasecrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import java.time.Instant;

/**
 * A crew that was assigned twice for one time shall leave the later job.
 *
 * @param jobId names a job
 * @param crewId names a crew
 * @param plannedStart planned start when
 * @param inFavourOf names a job
 */
public record ReleaseCrew(JobId jobId, CrewId crewId, Instant plannedStart, JobId inFavourOf) {}
