package dev.storyline.modeler.draw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A strip between boxes with parallel tracks for lines. Lines with the same key share a track, because they have the same
 * source or target; other lines never overlap. All lines must be added before tracks are assigned.
 */
final class Channel {
    /** The distance of two tracks, in pixels. */
    static final double STEP = 9;

    private final Map<String, Stretch> wanted = new LinkedHashMap<>();
    private final Map<String, Integer> tracks = new HashMap<>();
    private int count;

    private record Stretch(double from, double to) {}

    /** Adds a stretch; its ends may come in any order. */
    void reserve(String key, double one, double other) {
        Stretch stretch = new Stretch(Math.min(one, other), Math.max(one, other));
        wanted.merge(key, stretch, (a, b) -> new Stretch(Math.min(a.from, b.from), Math.max(a.to, b.to)));
    }

    /** Assigns to each key the first track that is free along its stretch. */
    void pack() {
        List<List<Stretch>> taken = new ArrayList<>();
        wanted.forEach((key, stretch) -> {
            int track = 0;
            while (track < taken.size() && taken.get(track).stream().anyMatch(other -> meets(stretch, other))) {
                track++;
            }
            if (track == taken.size()) {
                taken.add(new ArrayList<>());
            }
            taken.get(track).add(stretch);
            tracks.put(key, track);
        });
        count = taken.size();
    }

    private static boolean meets(Stretch one, Stretch other) {
        return one.from <= other.to + STEP / 2 && other.from <= one.to + STEP / 2;
    }

    /** Returns the number of tracks. */
    int count() {
        return count;
    }

    /** Returns the width from the first track to the last. */
    double breadth() {
        return Math.max(0, count - 1) * STEP;
    }

    /** Returns the distance of the key's line from the first track. */
    double at(String key) {
        return Objects.requireNonNull(tracks.get(key), key) * STEP;
    }
}
