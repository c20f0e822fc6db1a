package dev.storyline.contexts.wishes;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** The naughtiness of a child. */
public sealed interface Naughtiness extends ChildEvent {
    /** The child is on the naughty list until then. */
    @EventType("BecameNaughty")
    record BecameNaughty(ChildId childId, Instant until) implements Naughtiness {}
}
