package dev.storyline.fieldops.crews;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewRate;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.edge.Problem;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query. One end of the period alone stands for a day of 24 hours; without both, no free time is looked up.
 *
 * @param from the beginning of the period of the free time
 * @param to its end, after its beginning and 31 days later at most
 * @param after the {@code next} of the page before; null for the first page
 */
record CrewsQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String after) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(31);

    /** The longest planned time of a job. What began earlier has ended by now. */
    private static final BigDecimal LONGEST_JOB = BigDecimal.valueOf(1_000);

    /** The free time of each crew costs a read of its own. */
    private static final int MOST_CREWS = 25;

    private static final PageSize TAKEN_AT_ONCE = new PageSize(100, PageSize.LARGEST.bytes());

    /** A page of the crews: with their free time 25 at most, and one more read for each of them. */
    CrewList answer(View view, Clock clock) {
        Period period = period();
        String position = Objects.requireNonNullElse(after, "");
        RowPage<RegisteredCrew> page = period == null
                ? view.rows(RegisteredCrew.PARTITION, position, RegisteredCrew.class)
                : view.rows(RegisteredCrew.PARTITION, position, MOST_CREWS, RegisteredCrew.class);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new CrewList(
                period == null ? null : period.from(),
                period == null ? null : period.to(),
                page.rows().stream()
                        .map(crew -> listed(crew, today, period == null ? null : free(view, crew.crewId(), period)))
                        .toList(),
                page.next());
    }

    /** The period, or null without one. */
    private @Nullable Period period() {
        if (from == null) {
            return to == null ? null : new Period(to.minus(DAY), to);
        }
        if (to == null) {
            return new Period(from, from.plus(DAY));
        }
        if (!from.isBefore(to)) {
            throw Problem.malformed("query", "to", "must be after 'from'");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Problem.malformed("query", "to", "must be 31 days after 'from' at most");
        }
        return new Period(from, to);
    }

    private static ListedCrew listed(RegisteredCrew crew, LocalDate today, @Nullable List<Period> free) {
        CrewRate rate = crew.on(today);
        return new ListedCrew(
                crew.crewId(), rate == null ? null : rate.rateClass(), rate == null ? null : rate.hourlyRate(), free);
    }

    /** What is left of the period. A job that began before it may still take a part. */
    private static List<Period> free(View view, CrewId crew, Period period) {
        FreeTime time = new FreeTime(period);
        String position = FieldOps.sortable(FieldOps.after(period.from(), LONGEST_JOB.negate()));
        while (position != null) {
            RowPage<Period> page = view.rows(PlannedJob.partition(crew), position, TAKEN_AT_ONCE, Period.class);
            for (Period taken : page.rows()) {
                if (!time.take(taken)) {
                    return time.left();
                }
            }
            position = page.next();
        }
        return time.left();
    }
}
