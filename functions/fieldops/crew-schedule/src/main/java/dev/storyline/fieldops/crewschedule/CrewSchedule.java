package dev.storyline.fieldops.crewschedule;

import dev.storyline.contexts.fieldops.Booking;
import dev.storyline.contexts.fieldops.CrewId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bookings of one crew, the earliest first.
 *
 * @param crewId the crew
 * @param bookings the earliest first
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record CrewSchedule(
        CrewId crewId, List<Booking> bookings, @Nullable String next) {}
