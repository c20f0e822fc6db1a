package dev.storyline.contexts.fieldops;

import java.time.Instant;

/**
 * A time that is taken.
 *
 * @param from when it begins
 * @param to when it ends; at that moment something else may begin
 */
public record Period(Instant from, Instant to) {
    /** Whether there is a moment in both. */
    public boolean overlaps(Period other) {
        return from.isBefore(other.to()) && other.from().isBefore(to);
    }
}
