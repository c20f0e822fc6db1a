package dev.storyline.fieldops.regionreport;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param regionId the region, from the path
 * @param day the day, in the calendar of the region
 */
record RegionReportQuery(RegionId regionId, LocalDate day) {
    /** The totals of all jobs; an absent figure is zero. */
    record Totals(
            @Nullable BigDecimal created,
            @Nullable BigDecimal completed,
            @Nullable BigDecimal cancelled,
            @Nullable BigDecimal seconds) {}

    /** The view, or null for a region that is not open. */
    @Nullable
    RegionReport answer(View view) {
        RegionOpened opened = view.head(FieldOps.stream(regionId)).own(RegionOpened.class);
        if (opened == null) {
            return null;
        }
        Totals totals = view.row(RegionReportProjection.key(regionId, day), Totals.class);
        return totals == null ? report(opened, new Totals(null, null, null, null)) : report(opened, totals);
    }

    private RegionReport report(RegionOpened opened, Totals totals) {
        long created = count(totals.created());
        long completed = count(totals.completed());
        long cancelled = count(totals.cancelled());
        return new RegionReport(
                regionId,
                day,
                opened.timeZone(),
                opened.currency(),
                created,
                completed,
                cancelled,
                created - completed - cancelled,
                completed == 0 ? null : mean(totals.seconds(), completed));
    }

    private static long count(@Nullable BigDecimal amount) {
        return amount == null ? 0 : amount.longValueExact();
    }

    /** Rounded to milliseconds. */
    private static Duration mean(@Nullable BigDecimal seconds, long completed) {
        return Duration.ofMillis(Objects.requireNonNullElse(seconds, BigDecimal.ZERO)
                .movePointRight(3)
                .divide(BigDecimal.valueOf(completed), 0, RoundingMode.HALF_EVEN)
                .longValueExact());
    }
}
