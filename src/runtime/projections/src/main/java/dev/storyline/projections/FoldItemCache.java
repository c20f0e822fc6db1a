package dev.storyline.projections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.kernel.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Small fold items as this process wrote them last: a thousand at most, and a quarter of a million characters in all. They
 * save reads and never decide anything: if another process has written an item since, its revision has changed, so the next
 * write fails and the item is read again. Before an effect runs, the item is read in any case.
 *
 * <p>The bound of all is what a process pays that runs many slices, as the local cloud does: a character takes about eight
 * bytes of the heap.
 */
final class FoldItemCache {
    private static final int MOST = 1_000;
    private static final int MOST_CHARACTERS = 256 * 1_024;
    private static final int LARGEST = 4_096;
    private static final int NODE = 16;

    private record CacheKey(int generation, StreamId stream) {}

    private record Kept(FoldItem fold, int size) {}

    /** Those used last come last. */
    private final Map<CacheKey, Kept> folds = new LinkedHashMap<>(16, 0.75f, true);

    private int characters;

    @Nullable
    synchronized FoldItem get(Generation generation, StreamId stream) {
        Kept kept = folds.get(new CacheKey(generation.number(), stream));
        return kept == null ? null : kept.fold();
    }

    /** Keeps an item as it was written, unless its stream is parked or the item is large. */
    void written(Generation generation, StreamId stream, FoldItem fold) {
        int size = NODE + (fold.state() == null ? 0 : fold.state().length()) + size(fold.own(), LARGEST);
        CacheKey key = new CacheKey(generation.number(), stream);
        synchronized (this) {
            forget(key);
            if (fold.parked() == null && size <= LARGEST) {
                folds.put(key, new Kept(fold, size));
                characters += size;
            }
            while (folds.size() > MOST || characters > MOST_CHARACTERS) {
                forget(folds.keySet().iterator().next());
            }
        }
    }

    synchronized void forget(Generation generation, StreamId stream) {
        forget(new CacheKey(generation.number(), stream));
    }

    private void forget(CacheKey key) {
        Kept kept = folds.remove(key);
        if (kept != null) {
            characters -= kept.size();
        }
    }

    /** How many items are kept. */
    synchronized int kept() {
        return folds.size();
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
