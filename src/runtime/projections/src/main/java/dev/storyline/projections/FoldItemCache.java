package dev.storyline.projections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.LruCache;
import dev.storyline.kernel.StreamId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Small fold items as this process wrote them last, a thousand at most. They save reads and decide nothing: whoever else
 * has written one since has counted its revision up, so the next write fails and the item is read again.
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

    /** Keeps an item as it was written; one that stands still, or is large, is forgotten. */
    void written(Generation generation, StreamId stream, FoldItem fold) {
        boolean keep = fold.parked() == null
                && fold.claim() == 0
                && (fold.state() == null ? 0 : fold.state().length()) + size(fold.own(), LARGEST) <= LARGEST;
        synchronized (this) {
            CacheKey place = new CacheKey(generation.number(), stream);
            if (keep) {
                folds.put(place, fold);
            } else {
                folds.remove(place);
            }
        }
    }

    synchronized void forget(Generation generation, StreamId stream) {
        folds.remove(new CacheKey(generation.number(), stream));
    }

    /** About how many characters a node has; stops counting where it is enough. */
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
