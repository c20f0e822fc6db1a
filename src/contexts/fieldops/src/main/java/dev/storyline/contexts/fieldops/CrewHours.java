package dev.storyline.contexts.fieldops;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The hours of one crew.
 *
 * @param crewId the crew
 * @param hours the hours, more than 0
 * @param from the start of the work; null if it was not reported
 */
public record CrewHours(
        CrewId crewId, BigDecimal hours, @Nullable Instant from) {}
