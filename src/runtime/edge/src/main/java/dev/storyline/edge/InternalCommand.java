package dev.storyline.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A complete command for the internal endpoint of a slice, from an event handler of the same system.
 *
 * @param commandId the effect's key, which is the command's id
 * @param actor the actor of the event that caused it
 * @param correlation the conversation of the command
 * @param causation the id of the event that caused it
 * @param at the time of the decision; now if it is missing
 * @param followedUp whether a refusal is recorded, because the event handler follows it up
 * @param unheard whether nobody gets the answer, because a schedule sends it; what was not carried out then
 *     fails; false if it is missing
 * @param traceparent where the command stands in a trace; null where nobody traces
 * @param command the complete command
 * @param fold not a command, but the question from which state one would have been decided; else null
 */
public record InternalCommand(
        String commandId,
        String actor,
        String correlation,
        @Nullable String causation,
        @Nullable Instant at,
        boolean followedUp,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean unheard,

        @Nullable String traceparent,
        JsonNode command,
        @Nullable Fold fold) {
    /**
     * A question of an operator. Nothing else of the message counts then.
     *
     * @param stream the stream
     * @param at the version at which its state is asked for; null for its head
     */
    public record Fold(String stream, @Nullable Long at) {}

    /** A command that nobody traces. */
    public InternalCommand(
            String commandId,
            String actor,
            String correlation,
            @Nullable String causation,
            @Nullable Instant at,
            boolean followedUp,
            boolean unheard,
            JsonNode command) {
        this(commandId, actor, correlation, causation, at, followedUp, unheard, null, command, null);
    }
}
