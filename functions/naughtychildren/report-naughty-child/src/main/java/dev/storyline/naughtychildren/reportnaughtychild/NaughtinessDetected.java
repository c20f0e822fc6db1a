package dev.storyline.naughtychildren.reportnaughtychild;

import dev.storyline.contexts.naughtychildren.ChildId;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the wishes context.
 *
 * @param childId the naughty child
 * @param at the time of the event
 */
record NaughtinessDetected(ChildId childId, Instant at) {
    static final String TYPE = "wishes.NaughtinessDetected.v1";
}
