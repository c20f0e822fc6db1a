package dev.storyline.naughtychildren.publishnaughtychildren;

import dev.storyline.contexts.naughtychildren.ChildId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * What the naughty children context promises to others about its list. The contract is in the context's folder.
 *
 * @param childId who is listed
 * @param until until when
 */
@EventType("ChildAddedToNaughtyList")
record ChildAddedToNaughtyList(ChildId childId, Instant until) {}
