package dev.storyline.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in its stream.
 *
 * @param stream the stream it belongs to
 * @param version its position in the stream, from 1 without gaps
 * @param at when its commit was decided
 * @param event the event itself
 * @param actor who asked for it
 * @param correlation the conversation it belongs to; the same for everything that one outside request led to
 * @param causation what directly led to it: the id of an event for a reaction, nothing for a request from outside
 */
public record Recorded<E>(
        StreamId stream,
        long version,
        Instant at,
        E event,
        String actor,
        String correlation,
        @Nullable String causation) {
    public Recorded {
        if (version < 1) {
            throw new IllegalArgumentException("A version counts from 1, not from " + version);
        }
    }

    /** The event's id, {@code child#simo@3}. It never changes and needs no generator. */
    public String id() {
        return stream + "@" + version;
    }

    /** The same record around another form of the event. */
    public <F> Recorded<F> with(F other) {
        return new Recorded<>(stream, version, at, other, actor, correlation, causation);
    }
}
