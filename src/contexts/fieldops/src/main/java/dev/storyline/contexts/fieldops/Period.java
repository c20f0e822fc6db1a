package dev.storyline.contexts.fieldops;

import java.time.Instant;

/**
 * A booked period.
 *
 * @param from the beginning
 * @param to the end; another period may begin at that moment
 */
public record Period(Instant from, Instant to) {
    /** Whether both periods have a moment in common. */
    public boolean overlaps(Period other) {
        return from.isBefore(other.to()) && other.from().isBefore(to);
    }
}
