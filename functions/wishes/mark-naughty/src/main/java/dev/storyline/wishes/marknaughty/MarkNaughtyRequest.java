package dev.storyline.wishes.marknaughty;

import dev.storyline.contexts.wishes.ChildId;
import java.time.Instant;

/**
 * The request of a client.
 *
 * @param childId the child, from the path
 * @param until the end of the naughtiness
 */
public record MarkNaughtyRequest(ChildId childId, Instant until) {}
