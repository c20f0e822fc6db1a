package dev.storyline.fieldops.registercrew;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.Money;
import java.time.LocalDate;

/**
 * A crew costs this much from a day on.
 *
 * @param crewId names a crew
 * @param rateClass the class in which it works
 * @param hourlyRate what an hour costs
 * @param from the first day, in the calendar of the region where it works
 */
public record RegisterCrew(CrewId crewId, String rateClass, Money hourlyRate, LocalDate from) {}
