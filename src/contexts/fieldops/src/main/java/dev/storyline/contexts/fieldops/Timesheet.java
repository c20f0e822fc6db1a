package dev.storyline.contexts.fieldops;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Splits the work of a crew where its rate changes, at midnight in the job's time zone. Days have 23, 24 or 25 hours,
 * and work is measured in elapsed time.
 *
 * @param zone the job's time zone
 * @param rates the rates of the crews, one for a crew and a day
 */
public record Timesheet(ZoneId zone, List<CrewRate> rates) {
    /**
     * The work of all crews.
     *
     * @param until the end of the work of crews that do not tell the start
     * @return empty if a crew has no rate on its first day
     */
    public Optional<List<CrewWork>> work(List<CrewHours> crewHours, Instant until) {
        List<CrewWork> all = new ArrayList<>();
        for (CrewHours told : crewHours) {
            List<CrewWork> parts = work(told, until);
            if (parts.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(parts);
        }
        return Optional.of(all);
    }

    /**
     * The work of one crew, in one part for each rate. The hours of the parts add up to the reported hours.
     *
     * @param until the end of the work, which counts if the report does not tell the start
     * @return empty if the crew has no rate on the first day; a crew with a rate on one day has one on every later day
     */
    public List<CrewWork> work(CrewHours told, Instant until) {
        BigDecimal hours = told.hours();
        Instant from = told.from() == null ? FieldOps.after(until, hours.negate()) : told.from();
        Instant end = FieldOps.after(from, hours);
        Optional<CrewRate> first = rate(told, from);
        if (first.isEmpty()) {
            return List.of();
        }
        List<CrewWork> parts = new ArrayList<>();
        CrewRate rate = first.get();
        Instant begun = from;
        BigDecimal counted = BigDecimal.ZERO;
        for (Instant midnight = midnightAfter(from); midnight.isBefore(end); midnight = midnightAfter(midnight)) {
            CrewRate next = rate(told, midnight).orElseThrow();
            if (!next.rateClass().equals(rate.rateClass()) || !next.hourlyRate().equals(rate.hourlyRate())) {
                BigDecimal so = FieldOps.hours(Duration.between(from, midnight));
                parts.add(part(rate, begun, so.subtract(counted)));
                rate = next;
                begun = midnight;
                counted = so;
            }
        }
        parts.add(part(rate, begun, hours.subtract(counted)));
        return parts;
    }

    private static CrewWork part(CrewRate rate, Instant from, BigDecimal hours) {
        return new CrewWork(rate.crewId(), from, hours, rate.rateClass(), rate.hourlyRate());
    }

    /** The crew's rate on the day of a moment: the latest rate that holds by then. */
    private Optional<CrewRate> rate(CrewHours told, Instant moment) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        return rates.stream()
                .filter(rate -> rate.crewId().equals(told.crewId()))
                .filter(rate -> !rate.from().isAfter(day))
                .max(Comparator.comparing(CrewRate::from));
    }

    /** The first moment of the next day, which is not midnight if the clocks change at midnight. */
    private Instant midnightAfter(Instant moment) {
        return moment.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    }
}
