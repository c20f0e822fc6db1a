package dev.storyline.contexts.fieldops;

import java.math.BigDecimal;

/**
 * How long one crew worked.
 *
 * @param crewId which crew
 * @param hours for how many hours, more than 0
 */
public record CrewHours(CrewId crewId, BigDecimal hours) {}
