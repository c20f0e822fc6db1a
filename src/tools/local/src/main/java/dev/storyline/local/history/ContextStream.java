package dev.storyline.local.history;

import dev.storyline.kernel.StreamId;

/**
 * A stream of a context.
 *
 * @param context the context
 * @param stream the stream
 */
public record ContextStream(String context, StreamId stream) {
    /** {@code wishes/child#simo}. */
    @Override
    public String toString() {
        return context + "/" + stream;
    }
}
