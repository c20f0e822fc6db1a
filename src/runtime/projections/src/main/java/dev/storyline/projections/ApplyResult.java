package dev.storyline.projections;

/** The result of applying commits to a stream. */
public sealed interface ApplyResult {
    /** The stream has reached this version, now or earlier. */
    record Reached(long version) implements ApplyResult {}

    /** The invocation is about to end. What was done up to this version is saved; the rest is not done yet. */
    record Unfinished(long version) implements ApplyResult {}

    /** The stream is parked until it is redriven. Its commits are acknowledged all the same. */
    record Standing(Parked parked) implements ApplyResult {}

    /** Another version of the projection made the view, which waits for a rebuild. */
    record Outdated(int machine) implements ApplyResult {}
}
