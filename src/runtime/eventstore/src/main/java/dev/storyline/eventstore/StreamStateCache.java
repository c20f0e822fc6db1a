package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
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

    /** The least recently used stream is the first. */
    private final Map<StreamId, FoldedStream<S>> streams = new LinkedHashMap<>(16, 0.75f, true);

    private int commits;

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
        commits += folded.commitCount() - (known == null ? 0 : known.commitCount());
        Iterator<FoldedStream<S>> oldest = streams.values().iterator();
        while (streams.size() > MAX_STREAMS || commits > MAX_COMMITS) {
            commits -= oldest.next().commitCount();
            oldest.remove();
        }
    }
}
