package dev.storyline.fieldops.billcompletedjobs;

import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lines of a bill. Each is rounded by itself, so that the lines of a printed bill add up to its total.
 *
 * @param lines one for each thing and rate
 */
record Lines(List<Line> lines) {
    /**
     * One line.
     *
     * @param of the thing that is paid for
     * @param hourlyRate the price of an hour
     * @param hours the hours
     */
    record Line(String of, Money hourlyRate, BigDecimal hours) {
        /** Rates are compared by value: 60 and 60.00 are one. */
        boolean isFor(String other, Money rate) {
            return of.equals(other)
                    && hourlyRate.currency().equals(rate.currency())
                    && hourlyRate.amount().compareTo(rate.amount()) == 0;
        }
    }

    static final Lines NONE = new Lines(List.of());

    Lines {
        lines = List.copyOf(lines);
    }

    /** Adds hours to the line of the same thing at the same rate, or in a new line. */
    Lines with(String of, Money rate, BigDecimal hours) {
        List<Line> next = new ArrayList<>();
        BigDecimal all = hours;
        for (Line line : lines) {
            if (line.isFor(of, rate)) {
                all = all.add(line.hours());
            } else {
                next.add(line);
            }
        }
        next.add(new Line(of, rate, all));
        return new Lines(next);
    }

    /** The total in each currency, in the order of the currency codes. */
    List<Money> amounts() {
        Map<String, Money> amounts = new TreeMap<>();
        for (Line line : lines) {
            amounts.merge(line.hourlyRate().currency(), line.hourlyRate().times(line.hours()), Money::plus);
        }
        return List.copyOf(amounts.values());
    }
}
