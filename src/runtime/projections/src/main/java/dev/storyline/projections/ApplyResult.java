package dev.storyline.projections;

/** How a stream took its commits. */
public sealed interface ApplyResult {
    /** The machine has reached this version of the stream, from now or from before. */
    record Reached(long version) implements ApplyResult {}

    /** The stream stands still until it is redriven; its commits are acknowledged all the same. */
    record Standing(Parked parked) implements ApplyResult {}

    /** The view was made by another version of the projection, and waits for its rebuild. */
    record Outdated(int machine) implements ApplyResult {}
}
