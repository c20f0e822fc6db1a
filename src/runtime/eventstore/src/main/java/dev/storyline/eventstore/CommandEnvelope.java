package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command on its way to its handler.
 *
 * @param stream the stream it is about
 * @param commandId its id: the idempotency key, 1 to 128 characters
 * @param request hash of slice, path and body at the outer door, to tell a retry from another request under the same
 *     key; null at the inner door, where the first commit under a key wins
 * @param expected whether the client accepts this version of the stream's last event (0 for no event yet)
 * @param actor who asks
 * @param correlation the conversation it belongs to
 * @param causation the id of the event that led to it, or null
 * @param at the time of the decision
 * @param recordsRefusal whether a rejection without events is put on record, since somebody follows it up: a retry must
 *     then get the same answer
 */
public record CommandEnvelope(
        StreamId stream,
        String commandId,
        @Nullable String request,
        LongPredicate expected,
        String actor,
        String correlation,
        @Nullable String causation,
        Instant at,
        boolean recordsRefusal) {
    /** An envelope of a command whose refusal nobody follows up. */
    public CommandEnvelope(
            StreamId stream,
            String commandId,
            @Nullable String request,
            LongPredicate expected,
            String actor,
            String correlation,
            @Nullable String causation,
            Instant at) {
        this(stream, commandId, request, expected, actor, correlation, causation, at, false);
    }

    /** The commit by which its command records events in a stream. */
    Commit commit(StreamId in, long version, List<StoredEvent> events, CommitMetadata.@Nullable Rejection rejection) {
        return new Commit(
                in,
                version,
                commandId,
                at,
                events,
                new CommitMetadata(actor, correlation, causation, request, rejection));
    }
}
