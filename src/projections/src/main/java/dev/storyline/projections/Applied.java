package dev.storyline.projections;

/** How a stream took its commits. */
public sealed interface Applied {
    /** The machine has reached this version of the stream, from now or from before. */
    record Reached(long version) implements Applied {}

    /** The stream stands still until it is redriven; its commits are acknowledged all the same. */
    record Standing(Parked parked) implements Applied {}

    /** The view was made by another version of the projection, and waits for its rebuild. */
    record Outdated(int machine) implements Applied {}
}
