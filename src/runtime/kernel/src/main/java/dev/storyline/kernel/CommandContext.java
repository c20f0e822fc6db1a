package dev.storyline.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The circumstances of one request: what a gatekeeper may put into a command beside the client's words.
 *
 * @param stream the stream that the command is about
 * @param commandId the command's id, which is its idempotency key
 * @param actor who asks: the subject of the token, {@code anonymous} where nobody asks for one
 * @param scopes what the token is good for, {@code wishes/child}; none without a token
 * @param at when
 */
public record CommandContext(StreamId stream, String commandId, String actor, Set<String> scopes, Instant at) {
    public CommandContext {
        scopes = Set.copyOf(scopes);
    }

    /**
     * An identifier for something new inside the stream: the same for every retry of the command, so that fifty retries
     * make one thing. Name-based from stream and command id.
     *
     * @param name tells several identifiers of one command apart
     */
    public UUID newId(String name) {
        String seed = stream + "@" + commandId + "/" + name;
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    }
}
