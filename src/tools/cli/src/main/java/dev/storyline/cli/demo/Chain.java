package dev.storyline.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens to one order, job or child: steps one after the other, over several days.
 *
 * @param name names it in the plan: {@code orders/12}
 * @param story which story it tells, in a few words
 * @param customer whose account its payments concern; empty if nobody's
 * @param parts its steps by days, in order
 */
record Chain(String name, String story, String customer, List<Part> parts) {
    /**
     * The steps of one day.
     *
     * @param day the first is 1
     * @param early whether they come before everything else of the day
     */
    record Part(int day, boolean early, List<Step> steps) {
        Part {
            steps = List.copyOf(steps);
        }
    }

    Chain {
        parts = List.copyOf(parts);
    }

    static Chain of(String name, String story) {
        return new Chain(name, story, "", List.of());
    }

    /** The same for a customer. */
    Chain charging(String whose) {
        return new Chain(name, story, whose, parts);
    }

    /** The same with more steps on a day, before everything else of the day. */
    Chain early(int day, Step... steps) {
        return with(new Part(day, true, List.of(steps)));
    }

    /** The same with more steps on a day. */
    Chain on(int day, Step... steps) {
        return with(new Part(day, false, List.of(steps)));
    }

    /** The same with more steps on a day. */
    Chain on(int day, List<Step> steps) {
        return with(new Part(day, false, steps));
    }

    private Chain with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Chain(name, story, customer, more);
    }

    /** The number of all its steps in the first days. */
    int steps(int days) {
        return parts.stream()
                .filter(part -> part.day() <= days)
                .mapToInt(part -> part.steps().size())
                .sum();
    }
}
