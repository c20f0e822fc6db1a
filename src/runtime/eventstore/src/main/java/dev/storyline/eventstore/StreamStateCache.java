package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folded streams that a warm function remembers: the most recently used ones, 1,000 streams with 100,000 commits in all.
 * Of a commit its name is kept, about 150 bytes. A stream that is not cached costs a load; the answers are the same.
 */
final class StreamStateCache<S> {
    static final int MAX_STREAMS = 1_000;
    static final int MAX_COMMITS = 100_000;

    /**
     * A head that was read or written longer ago is read again before anything is appended behind it. An archiver deletes the
     * commits of a stream no earlier than {@link Archiver#SETTLED} after it closed the stream, so nobody can append in the
     * place of a deleted commit. An invocation takes a quarter of an hour at most.
     */
    static final Duration FRESH_FOR = Duration.ofHours(1);

    /** The least recently used stream is the first. */
    private final Map<StreamId, FoldedStream<S>> streams = new LinkedHashMap<>(16, 0.75f, true);

    /** When the head of each stream was read or written last. */
    private final Map<StreamId, Instant> seen = new HashMap<>();

    private final Clock clock;

    private int commits;

    StreamStateCache() {
        this(Clock.systemUTC());
    }

    StreamStateCache(Clock clock) {
        this.clock = clock;
    }

    /** Whether the head of a stream was read or written lately, so that a commit may be appended behind it. */
    synchronized boolean isFresh(StreamId stream) {
        Instant at = seen.get(stream);
        return at != null && clock.instant().isBefore(at.plus(FRESH_FOR));
    }

    synchronized @Nullable FoldedStream<S> get(StreamId stream) {
        return streams.get(stream);
    }

    /** Remembers a stream, unless a younger state of it is known. */
    synchronized void put(StreamId stream, FoldedStream<S> folded) {
        FoldedStream<S> known = streams.get(stream);
        if (folded.version() == 0 || (known != null && known.version() > folded.version())) {
            return;
        }
        streams.put(stream, folded);
        seen.put(stream, clock.instant());
        commits += folded.commitCount() - (known == null ? 0 : known.commitCount());
        Iterator<Map.Entry<StreamId, FoldedStream<S>>> oldest =
                streams.entrySet().iterator();
        while (streams.size() > MAX_STREAMS || commits > MAX_COMMITS) {
            Map.Entry<StreamId, FoldedStream<S>> gone = oldest.next();
            commits -= gone.getValue().commitCount();
            seen.remove(gone.getKey());
            oldest.remove();
        }
    }
}
