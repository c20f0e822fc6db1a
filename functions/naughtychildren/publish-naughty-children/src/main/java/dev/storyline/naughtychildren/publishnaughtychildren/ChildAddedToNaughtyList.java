package dev.storyline.naughtychildren.publishnaughtychildren;

import dev.storyline.contexts.naughtychildren.ChildId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * The public event of the naughty children context about its list. Its contract is in the context's folder.
 *
 * @param childId the child on the list
 * @param until the end of the naughtiness
 */
@EventType("ChildAddedToNaughtyList")
record ChildAddedToNaughtyList(ChildId childId, Instant until) {}
