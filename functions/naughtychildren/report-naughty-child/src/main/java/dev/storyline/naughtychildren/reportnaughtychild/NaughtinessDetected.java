package dev.storyline.naughtychildren.reportnaughtychild;

import dev.storyline.contexts.naughtychildren.ChildId;
import java.time.Instant;

/**
 * What we read of the public event of the wishes context.
 *
 * @param childId who was naughty
 * @param at when
 */
record NaughtinessDetected(ChildId childId, Instant at) {
    static final String TYPE = "wishes.NaughtinessDetected.v1";
}
