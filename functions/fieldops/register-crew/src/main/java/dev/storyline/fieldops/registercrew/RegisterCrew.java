package dev.storyline.fieldops.registercrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.kernel.Money;
import java.time.LocalDate;

/**
 * A crew costs this much from a day on.
 *
 * @param crewId the crew
 * @param rateClass the rate class of the crew
 * @param hourlyRate the price of an hour
 * @param from the first day, in the calendar of the region where it works
 */
public record RegisterCrew(CrewId crewId, String rateClass, Money hourlyRate, LocalDate from) {}
