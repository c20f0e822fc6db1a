package dev.storyline.cli.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a plan depends on, and nothing else.
 *
 * @param seed the same seed plans the same business
 * @param begin when the run begins, by the clock of the local cloud
 * @param sizes how much happens
 * @param running what the local cloud serves
 */
record Scenario(long seed, Instant begin, Sizes sizes, Running running) {
    /** The days of a demo. */
    static final int DAYS = 5;

    /** The hour (UTC) at which each day but the first begins for the demo: what was planned for the day is over then. */
    private static final int EVENING = 18;

    private static final DateTimeFormatter TAG =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Ends the ids of this run, so that the same seed can run again on the same data: {@code 20261130-064200-7}. */
    String tag() {
        return TAG.format(begin) + "-" + seed;
    }

    /** A day of the run; the first is 1. */
    LocalDate date(int day) {
        return begin.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(day - 1L);
    }

    /** A moment of a day of the run. */
    Instant at(int day, int hour) {
        return date(day).atTime(hour, 0).toInstant(ZoneOffset.UTC);
    }

    /** To when the clock is moved so that a day begins. */
    Instant start(int day) {
        return day == 1 ? begin : at(day, EVENING);
    }

    /** What decides about one thing of the plan. It does not depend on the sizes. */
    RandomGenerator random(String kind, int number) {
        return new SplittableRandom(1_000_003L * (1_000_003L * seed + kind.hashCode()) + number);
    }
}
