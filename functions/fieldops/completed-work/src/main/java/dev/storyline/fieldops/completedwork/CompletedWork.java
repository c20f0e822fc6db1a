package dev.storyline.fieldops.completedwork;

import dev.storyline.contexts.fieldops.RegionId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one region that were completed on one day.
 *
 * @param regionId the region
 * @param day the day
 * @param totalHours the hours of all crews on all jobs of the day, whatever the page shows
 * @param jobs the earliest completion first
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record CompletedWork(
        RegionId regionId,
        LocalDate day,
        BigDecimal totalHours,
        List<CompletedJob> jobs,
        @Nullable String next) {}
