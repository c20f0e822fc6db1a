package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Money;
import java.time.LocalDate;

/**
 * The rate of a crew from a day on.
 *
 * @param crewId the crew
 * @param rateClass the rate class of the crew
 * @param hourlyRate the price of an hour
 * @param from the first day, in the calendar of the region where it works
 */
public record CrewRate(CrewId crewId, String rateClass, Money hourlyRate, LocalDate from) {}
