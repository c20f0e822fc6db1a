package dev.storyline.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in its stream.
 *
 * @param stream the stream it belongs to
 * @param version its position in the stream, from 1 without gaps
 * @param at when its commit was decided
 * @param event the event itself
 * @param actor the person or system that asked for it
 * @param correlation the conversation of the event: the same for everything that one request from outside caused
 * @param causation the id of the event that directly caused it; null for a request from outside
 * @param trace the header {@code traceparent} of what follows from it; null where nobody traces
 */
public record Recorded<E>(
        StreamId stream,
        long version,
        Instant at,
        E event,
        String actor,
        String correlation,
        @Nullable String causation,
        @Nullable String trace) {
    public Recorded {
        if (version < 1) {
            throw new IllegalArgumentException("A version counts from 1, not from " + version);
        }
    }

    /** An event that nobody traces. */
    public Recorded(
            StreamId stream,
            long version,
            Instant at,
            E event,
            String actor,
            String correlation,
            @Nullable String causation) {
        this(stream, version, at, event, actor, correlation, causation, null);
    }

    /** The event's id, {@code child#simo@3}. It never changes. */
    public String id() {
        return stream + "@" + version;
    }

    /** The same record around another form of the event. */
    public <F> Recorded<F> with(F other) {
        return new Recorded<>(stream, version, at, other, actor, correlation, causation, trace);
    }
}
