package dev.storyline.fieldops.completedwork;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A completed job with the work of its crews.
 *
 * @param jobId the job
 * @param completedAt the time of its completion
 * @param customer the customer
 * @param trade the kind of work
 * @param crewHours the hours and the start of each crew's work, 20 crews at most
 */
public record CompletedJob(JobId jobId, Instant completedAt, String customer, String trade, List<CrewHours> crewHours) {
    /** The hours of all crews together. */
    BigDecimal hours() {
        return crewHours.stream().map(CrewHours::hours).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The jobs of one region and day stand together. */
    static String partition(RegionId region, LocalDate day) {
        return "completed#" + region.value() + "#" + day;
    }

    /** The key of its row. */
    RowKey key(RegionId region, LocalDate day) {
        return new RowKey(partition(region, day), FieldOps.sortable(completedAt) + "#" + jobId.value());
    }

    /** The key of the total of its day. */
    static RowKey total(RegionId region, LocalDate day) {
        return new RowKey("total#" + region.value(), day.toString());
    }
}
