package dev.storyline.naughtychildren.reportnaughtychild;

import dev.storyline.contexts.naughtychildren.ChildId;
import dev.storyline.kernel.Bounds;
import java.time.Instant;

/**
 * The fields that this slice reads of the public event of the wishes context.
 *
 * @param childId the naughty child
 * @param at the time of the event; the listing that follows from it ends a day later
 */
record NaughtinessDetected(
        ChildId childId,
        @Bounds(max = "2999-12-31T23:59:59Z") Instant at) {
    static final String TYPE = "wishes.NaughtinessDetected.v1";
}
