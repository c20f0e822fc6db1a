package dev.storyline.contexts.fieldops;

import java.time.Instant;

/**
 * A period in which a crew is booked or worked.
 *
 * @param from the beginning
 * @param to the end; another period may begin at that moment
 */
public record Period(Instant from, Instant to) {
    /** Whether both periods have a moment in common. */
    public boolean overlaps(Period other) {
        return from.isBefore(other.to()) && other.from().isBefore(to);
    }

    /** The part that both periods have in common; of periods that {@linkplain #overlaps overlap}. */
    public Period common(Period other) {
        return new Period(from.isAfter(other.from()) ? from : other.from(), to.isBefore(other.to()) ? to : other.to());
    }
}
