package dev.storyline.eventstore;

import dev.storyline.common.TraceParent;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a command on its way to its handler.
 *
 * @param stream the stream that the command is about
 * @param commandId the id of the command, by which a retry is recognised
 * @param request the hash of slice and content, which tells a retry from another command under the same id
 * @param expected whether the client accepts this version of the stream's last event (0 for no event yet)
 * @param actor the person or system that asks
 * @param correlation the conversation of the command
 * @param causation the id of the event that caused it, or null
 * @param at the time of the decision
 * @param recordsRefusal whether a rejection without events is recorded, because an event handler follows it up and a
 *     retry must get the same answer
 * @param trace the header {@code traceparent} under which the command came; null where nobody traces
 */
public record CommandEnvelope(
        StreamId stream,
        CommandId commandId,
        String request,
        LongPredicate expected,
        String actor,
        String correlation,
        @Nullable String causation,
        Instant at,
        boolean recordsRefusal,
        @Nullable String trace) {
    /** An envelope of a command whose refusal is not recorded. */
    public CommandEnvelope(
            StreamId stream,
            CommandId commandId,
            String request,
            LongPredicate expected,
            String actor,
            String correlation,
            @Nullable String causation,
            Instant at) {
        this(stream, commandId, request, expected, actor, correlation, causation, at, false, null);
    }

    /** An envelope of a command that nobody traces. */
    public CommandEnvelope(
            StreamId stream,
            CommandId commandId,
            String request,
            LongPredicate expected,
            String actor,
            String correlation,
            @Nullable String causation,
            Instant at,
            boolean recordsRefusal) {
        this(stream, commandId, request, expected, actor, correlation, causation, at, recordsRefusal, null);
    }

    /** The same envelope under a header {@code traceparent}; one that is none by its grammar counts as none. */
    public CommandEnvelope under(@Nullable String header) {
        return new CommandEnvelope(
                stream, commandId, request, expected, actor, correlation, causation, at, recordsRefusal, header);
    }

    /**
     * Whether a commit under the command's id is the command's own, from an earlier try: its content is the same.
     * Without a stored hash, that of an internal command from the time before, the cause decides.
     */
    boolean owns(Commit commit) {
        String recorded = commit.meta().request();
        return recorded == null ? Objects.equals(causation, commit.meta().causation()) : recorded.equals(request);
    }

    /** The commit that records events of the command in a stream. */
    Commit commit(StreamId in, long version, List<StoredEvent> events, CommitMetadata.@Nullable Rejection rejection) {
        return new Commit(
                in,
                version,
                commandId.stored(),
                at,
                events,
                new CommitMetadata(
                        actor,
                        correlation,
                        causation,
                        request,
                        rejection,
                        TraceParent.below(trace, commandId.stored())));
    }
}
