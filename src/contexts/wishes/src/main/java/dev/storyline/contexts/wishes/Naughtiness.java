package dev.storyline.contexts.wishes;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** What is known of a child's behaviour. */
public sealed interface Naughtiness extends ChildEvent {
    /** The child is on the naughty list until then. */
    @EventType("BecameNaughty")
    record BecameNaughty(ChildId childId, Instant until) implements Naughtiness {}
}
