package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A complete command for the inner door of a slice, from an event handler of the same system.
 *
 * @param commandId the effect's key: the command's id
 * @param actor who set the story off
 * @param correlation the conversation it belongs to
 * @param causation the id of the event that led to it
 * @param at the time of the decision; now where it is missing
 * @param followedUp whether a refusal is put on record, since the event handler follows it up
 * @param command the complete command
 */
public record InternalCommand(
        String commandId,
        String actor,
        String correlation,
        @Nullable String causation,
        @Nullable Instant at,
        boolean followedUp,
        JsonNode command) {}
