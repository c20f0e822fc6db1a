package dev.storyline.wishes.publishnaughtiness;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.kernel.Bounds;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * The public events of the wishes context about naughtiness. Their contracts are in the context's folder.
 *
 * @param childId the child that made a naughty wish
 * @param at the time of the event
 */
@EventType("NaughtinessDetected")
record NaughtinessDetected(
        ChildId childId,
        @Bounds(max = "2999-12-31T23:59:59Z") Instant at) {}
