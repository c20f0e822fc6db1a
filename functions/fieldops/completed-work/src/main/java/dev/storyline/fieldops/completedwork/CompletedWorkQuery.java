package dev.storyline.fieldops.completedwork;

import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param regionId the region, from the path
 * @param day the day of completion, in the calendar of the region
 * @param after the {@code next} of the page before; null for the first page
 */
record CompletedWorkQuery(
        RegionId regionId, LocalDate day, @Nullable String after) {
    /** The total of a day. */
    record Total(BigDecimal hours) {}

    /** The jobs; a day without any is empty, even if the region is unknown. */
    CompletedWork answer(View view) {
        RowPage<CompletedJob> page = view.rows(
                CompletedJob.partition(regionId, day), Objects.requireNonNullElse(after, ""), CompletedJob.class);
        Total total = view.row(CompletedJob.total(regionId, day), Total.class);
        return new CompletedWork(
                regionId, day, total == null ? BigDecimal.ZERO : total.hours(), page.rows(), page.next());
    }
}
