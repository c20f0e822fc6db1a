package dev.storyline.wishes.marknaughty;

import dev.storyline.contexts.wishes.ChildId;
import java.time.Instant;

/**
 * A child goes on the naughty list.
 *
 * @param childId the child
 * @param until the end of the naughtiness
 * @param at the time of the command
 */
public record MarkNaughty(ChildId childId, Instant until, Instant at) {}
