package dev.storyline.fieldops.job;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One job's whole state.
 *
 * @param jobId names a job
 * @param customer who wants it done
 * @param siteAddress where
 * @param regionId names a region
 * @param trade what kind of work
 * @param plannedStart when it shall begin
 * @param timeZone the region's
 * @param estimatedHours how long it may take
 * @param state open, assigned or completed
 * @param crews who does it
 * @param createdAt since when it is known
 * @param completedAt since when it is done, or null
 * @param crewHours how long each crew worked, once it is done
 * @param note what the technician noted, or null
 */
public record Job(
        JobId jobId,
        String customer,
        String siteAddress,
        RegionId regionId,
        String trade,
        Instant plannedStart,
        String timeZone,
        BigDecimal estimatedHours,
        String state,
        List<CrewId> crews,
        Instant createdAt,
        @Nullable Instant completedAt,
        List<CrewHours> crewHours,
        @Nullable String note) {
    /** A job that was just created. */
    static Job of(JobCreated created) {
        return new Job(
                created.jobId(),
                created.customer(),
                created.siteAddress(),
                created.regionId(),
                created.trade(),
                created.plannedStart(),
                created.timeZone(),
                created.estimatedHours(),
                "open",
                List.of(),
                created.createdAt(),
                null,
                List.of(),
                null);
    }

    /** The job with these crews. */
    Job with(List<CrewId> others) {
        return new Job(
                jobId,
                customer,
                siteAddress,
                regionId,
                trade,
                plannedStart,
                timeZone,
                estimatedHours,
                "assigned",
                others,
                createdAt,
                completedAt,
                crewHours,
                note);
    }

    /** The job as it was completed. */
    Job with(JobCompleted completed) {
        return new Job(
                jobId,
                customer,
                siteAddress,
                regionId,
                trade,
                plannedStart,
                timeZone,
                estimatedHours,
                "completed",
                crews,
                createdAt,
                completed.at(),
                completed.crewHours(),
                completed.note());
    }
}
