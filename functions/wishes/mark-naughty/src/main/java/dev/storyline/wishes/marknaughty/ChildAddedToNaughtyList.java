package dev.storyline.wishes.marknaughty;

import dev.storyline.contexts.wishes.ChildId;
import java.time.Instant;

/**
 * What we read of the public event of the naughty children context.
 *
 * @param childId who was listed
 * @param until until when
 */
record ChildAddedToNaughtyList(ChildId childId, Instant until) {
    static final String TYPE = "naughtychildren.ChildAddedToNaughtyList.v1";
}
