package dev.storyline.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What a gatekeeper knows of a request beside its content, and may put into the command.
 *
 * @param stream the stream that the command is about
 * @param commandId the command's id, which is its idempotency key
 * @param actor the subject of the token; {@code anonymous} without one
 * @param scopes the scopes of the token, such as {@code wishes/child}; none without a token
 * @param at the time of the request
 */
public record CommandContext(StreamId stream, String commandId, String actor, Set<String> scopes, Instant at) {
    public CommandContext {
        scopes = Set.copyOf(scopes);
    }

    /**
     * An identifier for something new inside the stream, derived from stream and command id (a name-based UUID). It is
     * the same for every retry of the command, so that fifty retries make one thing.
     *
     * @param name tells several identifiers of one command apart
     */
    public UUID newId(String name) {
        String seed = stream + "@" + commandId + "/" + name;
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    }
}
