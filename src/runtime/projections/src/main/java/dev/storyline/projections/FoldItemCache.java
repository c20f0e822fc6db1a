package dev.storyline.projections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.LruCache;
import dev.storyline.kernel.StreamId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Small fold items as this process wrote them last, a thousand at most. They save reads and never decide anything: if
 * another process has written an item since, its revision has changed, so the next write fails and the item is read
 * again. Before an effect runs, the item is read in any case.
 */
final class FoldItemCache {
    private static final int MOST = 1_000;
    private static final int LARGEST = 4_096;
    private static final int NODE = 16;

    private record CacheKey(int generation, StreamId stream) {}

    private final Map<CacheKey, FoldItem> folds = new LruCache<>(MOST);

    @Nullable
    synchronized FoldItem get(Generation generation, StreamId stream) {
        return folds.get(new CacheKey(generation.number(), stream));
    }

    /** Keeps an item as it was written, unless its stream is parked or the item is large. */
    void written(Generation generation, StreamId stream, FoldItem fold) {
        boolean keep = fold.parked() == null
                && (fold.state() == null ? 0 : fold.state().length()) + size(fold.own(), LARGEST) <= LARGEST;
        synchronized (this) {
            CacheKey key = new CacheKey(generation.number(), stream);
            if (keep) {
                folds.put(key, fold);
            } else {
                folds.remove(key);
            }
        }
    }

    synchronized void forget(Generation generation, StreamId stream) {
        folds.remove(new CacheKey(generation.number(), stream));
    }

    /** The approximate number of characters of a node; stops counting as soon as it exceeds {@code enough}. */
    private static int size(@Nullable JsonNode node, int enough) {
        if (node == null) {
            return 0;
        }
        int size = NODE + (node.isTextual() ? node.textValue().length() : 0);
        for (JsonNode child : node) {
            if (size > enough) {
                return size;
            }
            size += size(child, enough - size);
        }
        return size;
    }
}
