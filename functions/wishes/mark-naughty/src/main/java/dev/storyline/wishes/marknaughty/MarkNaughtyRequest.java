package dev.storyline.wishes.marknaughty;

import dev.storyline.contexts.wishes.ChildId;
import java.time.Instant;

/**
 * What a client sends.
 *
 * @param childId who, from the path
 * @param until until when
 */
public record MarkNaughtyRequest(ChildId childId, Instant until) {}
