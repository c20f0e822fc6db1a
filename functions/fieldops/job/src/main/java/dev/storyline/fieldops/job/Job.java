package dev.storyline.fieldops.job;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One job's whole state.
 *
 * @param jobId the job
 * @param customer the customer
 * @param siteAddress the address of the site
 * @param regionId the region
 * @param trade the kind of work
 * @param plannedStart the planned start
 * @param timeZone the region's time zone
 * @param estimatedHours the estimated hours of work
 * @param state open, assigned, completed or cancelled
 * @param crews the assigned crews, 20 at most, in the order in which they were assigned
 * @param createdAt the time of its creation
 * @param completedAt the time of its completion, or null
 * @param crewHours the hours and the start of each crew's work, once the job is done
 * @param note the note of the technician, or null
 * @param reason the reason of the last rescheduling, release of a crew, cancellation or correction; null if there was none
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
        @Nullable String note,
        @Nullable String reason) {
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
                null,
                null);
    }

    /** The job with one more crew. */
    Job with(CrewId crew) {
        return changed(
                plannedStart,
                "assigned",
                Stream.concat(crews.stream(), Stream.of(crew)).toList(),
                reason);
    }

    /** The job without a crew; without any it is open again. */
    Job without(CrewId crew, @Nullable String why) {
        List<CrewId> others =
                crews.stream().filter(other -> !other.equals(crew)).toList();
        return changed(plannedStart, others.isEmpty() ? "open" : "assigned", others, why);
    }

    /** The job at another time. */
    Job at(Instant start, String why) {
        return changed(start, state, crews, why);
    }

    /** The cancelled job. */
    Job cancelled(String why) {
        return changed(plannedStart, "cancelled", crews, why);
    }

    private Job changed(Instant start, String next, List<CrewId> who, @Nullable String why) {
        return new Job(
                jobId,
                customer,
                siteAddress,
                regionId,
                trade,
                start,
                timeZone,
                estimatedHours,
                next,
                who,
                createdAt,
                completedAt,
                crewHours,
                note,
                why);
    }

    /** The job as it was completed. */
    Job completed(JobCompleted completed) {
        return reported(completed.at(), completed.work(), completed.note(), reason);
    }

    /** The job as it was completed in truth. */
    Job corrected(CompletionCorrected corrected) {
        return reported(completedAt, corrected.work(), corrected.note(), corrected.reason());
    }

    private Job reported(@Nullable Instant at, List<CrewWork> work, @Nullable String told, @Nullable String why) {
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
                at,
                CrewHours.of(work),
                told,
                why);
    }
}
