package dev.storyline.local.history;

import java.time.Instant;

/** How far the story of a stream is told. */
public sealed interface Moment {
    /** To the end. */
    Moment NOW = new Version(Long.MAX_VALUE);

    /** Up to a version. */
    record Version(long version) implements Moment {}

    /**
     * Up to an instant: the events before the first one that was decided later. Clocks may go back within a stream, and a
     * state has no gaps.
     */
    record Time(Instant instant) implements Moment {}
}
