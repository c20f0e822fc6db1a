package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.time.LocalDate;

/** The rates of a crew. */
public sealed interface CrewRegistration extends CrewEvent {
    /**
     * The crew works in this class at this rate from a day on, until a later one is registered.
     *
     * @param from the first day, in the calendar of the region where it works
     */
    @EventType("CrewRegistered")
    record CrewRegistered(CrewId crewId, String rateClass, Money hourlyRate, LocalDate from)
            implements CrewRegistration {}
}
