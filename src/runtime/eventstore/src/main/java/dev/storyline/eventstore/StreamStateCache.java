package dev.storyline.eventstore;

import dev.storyline.common.LruCache;
import dev.storyline.kernel.StreamId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folded streams that a warm function remembers: the most recently used ones, without streams of more than 1,000
 * commits. A stream that is not cached costs a load; the answers are the same.
 */
final class StreamStateCache<S> {
    static final int MAX_STREAMS = 1_000;
    static final int MAX_COMMITS = 1_000;

    private final Map<StreamId, FoldedStream<S>> streams = new LruCache<>(MAX_STREAMS);

    synchronized @Nullable FoldedStream<S> get(StreamId stream) {
        return streams.get(stream);
    }

    synchronized void put(StreamId stream, FoldedStream<S> folded) {
        if (folded.version() == 0 || folded.commitCount() > MAX_COMMITS) {
            streams.remove(stream);
            return;
        }
        streams.merge(stream, folded, (old, young) -> young.version() >= old.version() ? young : old);
    }
}
