package dev.storyline.wishes.marknaughty;

import dev.storyline.contexts.wishes.ChildId;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the naughty children context.
 *
 * @param childId the child that was listed
 * @param until the end of the naughtiness
 */
record ChildAddedToNaughtyList(ChildId childId, Instant until) {
    static final String TYPE = "naughtychildren.ChildAddedToNaughtyList.v1";
}
