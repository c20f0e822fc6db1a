package dev.storyline.contexts.wishes;

/** Everything that is recorded in the stream of one child. */
public sealed interface ChildEvent permits WishEvent, Naughtiness {
    /** The child. */
    ChildId childId();
}
