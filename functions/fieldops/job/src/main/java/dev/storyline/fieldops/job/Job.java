package dev.storyline.fieldops.job;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * @param state open, assigned, completed or cancelled
 * @param crews who does it, 20 at most, in the order in which they were assigned
 * @param createdAt since when it is known
 * @param completedAt since when it is done, or null
 * @param crewHours how long each crew worked and since when, once the job is done
 * @param note what the technician noted, or null
 * @param reason why it was last moved, lost a crew to another job, or was cancelled; null if nothing of it happened
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

    /** The job that nobody wants done any more. */
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
                hours(completed.work()),
                completed.note(),
                reason);
    }

    /** How long each crew worked at all its rates, and since when. */
    private static List<CrewHours> hours(List<CrewWork> work) {
        return work.stream()
                .collect(Collectors.groupingBy(CrewWork::crewId, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Job::together)
                .toList();
    }

    private static CrewHours together(List<CrewWork> parts) {
        return new CrewHours(
                parts.getFirst().crewId(),
                parts.stream().map(CrewWork::hours).reduce(BigDecimal.ZERO, BigDecimal::add),
                parts.stream()
                        .map(CrewWork::from)
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }
}
