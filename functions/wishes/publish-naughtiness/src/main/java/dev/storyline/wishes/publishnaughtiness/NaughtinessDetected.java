package dev.storyline.wishes.publishnaughtiness;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * What the wishes context promises to others about naughtiness. The contract is in the context's folder.
 *
 * @param childId who wished for something naughty
 * @param at when
 */
@EventType("NaughtinessDetected")
record NaughtinessDetected(ChildId childId, Instant at) {}
