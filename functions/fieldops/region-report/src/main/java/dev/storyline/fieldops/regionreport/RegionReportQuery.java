package dev.storyline.fieldops.regionreport;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param regionId the region, from the path
 * @param day the day, in the calendar of the region; null for today
 */
record RegionReportQuery(RegionId regionId, @Nullable LocalDate day) {
    /** The totals of all jobs; an absent figure is zero. */
    record Totals(
            @Nullable BigDecimal created,
            @Nullable BigDecimal completed,
            @Nullable BigDecimal cancelled,
            @Nullable BigDecimal seconds) {}

    /** The view, or null for a region that is not open. */
    @Nullable
    RegionReport answer(View view, Clock clock) {
        RegionOpened opened = view.head(FieldOps.stream(regionId)).own(RegionOpened.class);
        if (opened == null) {
            return null;
        }
        LocalDate of = day == null ? FieldOps.day(clock.instant(), opened.timeZone()) : day;
        Totals totals = view.row(RegionReportProjection.key(regionId, of), Totals.class);
        return report(opened, of, totals == null ? new Totals(null, null, null, null) : totals);
    }

    private RegionReport report(RegionOpened opened, LocalDate of, Totals totals) {
        long created = count(totals.created());
        long completed = count(totals.completed());
        long cancelled = count(totals.cancelled());
        return new RegionReport(
                regionId,
                of,
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
