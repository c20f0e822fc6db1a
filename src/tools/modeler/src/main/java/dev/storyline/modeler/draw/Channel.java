package dev.storyline.modeler.draw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A strip between boxes in which lines run side by side. Lines under the same key share a track, because they tell of the
 * same source or target; others never lie on each other. First every line asks for its stretch, then the tracks are known.
 */
final class Channel {
    /** From one track to the next, in pixels. */
    static final double STEP = 9;

    private final Map<String, Stretch> wanted = new LinkedHashMap<>();
    private final Map<String, Integer> tracks = new HashMap<>();
    private int count;

    private record Stretch(double from, double to) {}

    /** Asks for a stretch, in any order of its ends. */
    void reserve(String key, double one, double other) {
        Stretch stretch = new Stretch(Math.min(one, other), Math.max(one, other));
        wanted.merge(key, stretch, (a, b) -> new Stretch(Math.min(a.from, b.from), Math.max(a.to, b.to)));
    }

    /** Gives each key the first track that is free all along its stretch. */
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

    /** How many tracks there are. */
    int count() {
        return count;
    }

    /** How wide all tracks together are, from the first line to the last. */
    double breadth() {
        return Math.max(0, count - 1) * STEP;
    }

    /** How far the key's line is from the first track. */
    double at(String key) {
        return Objects.requireNonNull(tracks.get(key), key) * STEP;
    }
}
