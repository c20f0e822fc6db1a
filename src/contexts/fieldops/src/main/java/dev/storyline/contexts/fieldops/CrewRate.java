package dev.storyline.contexts.fieldops;

import java.time.LocalDate;

/**
 * What a crew costs from a day on.
 *
 * @param crewId which crew
 * @param rateClass the class in which it works
 * @param hourlyRate what an hour costs
 * @param from the first day, in the calendar of the region where it works
 */
public record CrewRate(CrewId crewId, String rateClass, Money hourlyRate, LocalDate from) {}
