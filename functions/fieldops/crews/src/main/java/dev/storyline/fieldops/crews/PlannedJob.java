package dev.storyline.fieldops.crews;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A job that is still to be done. It takes the same time of each of its crews: one row for each, the period.
 *
 * @param hours the estimated hours of work
 * @param crews the assigned crews, 20 at most
 */
record PlannedJob(JobId jobId, Instant start, BigDecimal hours, List<CrewId> crews) {
    static PlannedJob of(JobCreated created) {
        return new PlannedJob(created.jobId(), created.plannedStart(), created.estimatedHours(), List.of());
    }

    PlannedJob with(CrewId crew) {
        return new PlannedJob(
                jobId,
                start,
                hours,
                Stream.concat(crews.stream(), Stream.of(crew)).toList());
    }

    PlannedJob without(CrewId crew) {
        return new PlannedJob(
                jobId,
                start,
                hours,
                crews.stream().filter(other -> !other.equals(crew)).toList());
    }

    PlannedJob at(Instant other) {
        return new PlannedJob(jobId, other, hours, crews);
    }

    /** The time that it takes. */
    Period period() {
        return new Period(start, FieldOps.after(start, hours));
    }

    /** The taken periods of one crew stand together, the earliest first. */
    static String partition(CrewId crew) {
        return "taken#" + crew.value();
    }

    /** The keys of its rows. */
    List<RowKey> keys() {
        return crews.stream()
                .map(crew -> new RowKey(partition(crew), FieldOps.sortable(start) + "#" + jobId.value()))
                .toList();
    }
}
