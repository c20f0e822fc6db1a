package dev.storyline.contexts.fieldops;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long one crew worked.
 *
 * @param crewId which crew
 * @param hours for how many hours, more than 0
 * @param from since when; null where nobody said
 */
public record CrewHours(
        CrewId crewId, BigDecimal hours, @Nullable Instant from) {}
