package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.time.Instant;

/** A command met a stream whose story has ended and that was closed for the archive. Nothing was recorded. */
public final class StreamArchived extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient StreamId stream;
    private final Instant at;

    StreamArchived(StreamId stream, Instant at) {
        super("The stream " + stream + " was closed for the archive at " + at, null, false, false);
        this.stream = stream;
        this.at = at;
    }

    /** The stream. */
    public StreamId stream() {
        return stream;
    }

    /** When the stream was closed. */
    public Instant at() {
        return at;
    }
}
