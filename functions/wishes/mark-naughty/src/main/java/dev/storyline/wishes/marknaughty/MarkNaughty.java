package dev.storyline.wishes.marknaughty;

import dev.storyline.contexts.wishes.ChildId;
import java.time.Instant;

/**
 * A child goes on the naughty list.
 *
 * @param childId who
 * @param until until when
 * @param at when it is said
 */
public record MarkNaughty(ChildId childId, Instant until, Instant at) {}
