package dev.storyline.fieldops.regionreport;

import dev.storyline.contexts.fieldops.RegionId;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that are planned for one day of a region, in figures.
 *
 * @param regionId the region
 * @param day the day
 * @param timeZone the time zone that tells its days
 * @param currency the currency of the region
 * @param created the number of all jobs
 * @param completed the number of completed jobs
 * @param cancelled the number of cancelled jobs
 * @param open the number of jobs that are still to be done
 * @param meanTimeToComplete from a job's creation to its completion, on average; null while none is done
 */
public record RegionReport(
        RegionId regionId,
        LocalDate day,
        String timeZone,
        String currency,
        long created,
        long completed,
        long cancelled,
        long open,
        @Nullable Duration meanTimeToComplete) {}
