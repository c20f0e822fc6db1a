package dev.storyline.common;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of the most recently used entries. Not thread-safe. */
public final class LruCache<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    /** Keeps at most this number of entries. */
    public LruCache(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
