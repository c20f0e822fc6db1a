package dev.storyline.contexts.naughtychildren;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** The events of a child's place on the naughty list. */
public sealed interface Listing {
    /** The child that is listed. */
    ChildId childId();

    /** The child is on the list until then, which is later than it was. */
    @EventType("ChildListed")
    record ChildListed(ChildId childId, Instant until) implements Listing {}
}
