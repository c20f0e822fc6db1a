package dev.storyline.fieldops.regionreport;

import dev.storyline.contexts.fieldops.RegionId;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that are planned for one day of a region, in figures.
 *
 * @param regionId where
 * @param day when
 * @param timeZone by whose days
 * @param currency what is paid with there
 * @param created how many jobs there are
 * @param completed how many of them are done
 * @param cancelled how many of them nobody wants done any more
 * @param open how many are still to be done
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
