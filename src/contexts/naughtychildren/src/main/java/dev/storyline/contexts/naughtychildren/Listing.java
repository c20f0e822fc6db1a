package dev.storyline.contexts.naughtychildren;

import dev.storyline.kernel.EventType;
import java.time.Instant;

/** What happens to a child's place on the naughty list. */
public sealed interface Listing {
    /** Who is listed. */
    ChildId childId();

    /** The child is on the list until then, which is later than it was. */
    @EventType("ChildListed")
    record ChildListed(ChildId childId, Instant until) implements Listing {}
}
