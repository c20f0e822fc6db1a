package dev.storyline.fieldops.crewschedule;

import dev.storyline.contexts.fieldops.Booking;
import dev.storyline.contexts.fieldops.CrewId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one crew's time is taken for, the earliest first.
 *
 * @param crewId which crew
 * @param bookings the earliest first
 * @param next where there are more than one answer holds: what to pass as {@code after} for the next ones
 */
public record CrewSchedule(
        CrewId crewId, List<Booking> bookings, @Nullable String next) {}
