package dev.storyline.projections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pointer item of a view: which generation is served, and which other generation the live feed writes too. Every
 * write is conditional on its revision. Stored under the names of these components.
 *
 * @param serving the generation that queries read
 * @param other another generation that the live feed writes: the one being built, or the one served before; or null
 * @param highest the highest number ever used; numbers are never reused
 * @param machines the declared version of the projection that made each generation
 * @param building when the other generation was announced, while it is being built; else null
 * @param segments how many parts the rebuild under way reads in parallel
 * @param kept whether the other generation stays although it is not being built
 * @param dropped generations whose items are still to be deleted
 * @param rev counts the writes of this item; 0 for an item that does not exist yet
 */
record GenerationPointer(
        int serving,
        @Nullable Integer other,
        int highest,
        Map<Integer, Integer> machines,
        @Nullable Instant building,
        int segments,
        boolean kept,
        List<Integer> dropped,
        long rev) {
    static final GenerationPointer FIRST = new GenerationPointer(0, null, 0, Map.of(), null, 0, false, List.of(), 0);

    GenerationPointer {
        machines = Map.copyOf(machines);
        dropped = List.copyOf(dropped);
    }

    /**
     * The generations that the live feed writes, the newest first, so that a switched query never goes back in time.
     */
    @JsonIgnore
    List<Integer> live() {
        if (other == null) {
            return List.of(serving);
        }
        return List.of(Math.max(serving, other), Math.min(serving, other));
    }

    /** The version of the projection that made a generation, or the given version if none has written it yet. */
    int machine(int generation, int otherwise) {
        return Objects.requireNonNull(machines.getOrDefault(generation, otherwise));
    }

    /** The same; this version of the projection makes the first generation. */
    GenerationPointer begunBy(int machine) {
        return new GenerationPointer(
                serving, other, highest, Map.of(serving, machine), building, segments, kept, dropped, rev);
    }

    /** One more generation, to be built by this version of the projection. */
    GenerationPointer announcing(int machine, Instant at, int parts) {
        Map<Integer, Integer> more = new HashMap<>(machines);
        more.put(highest + 1, machine);
        return new GenerationPointer(serving, highest + 1, highest + 1, more, at, parts, false, dropped, rev);
    }

    /** The other generation is served from now on, and the served one is the other. */
    GenerationPointer switched(boolean keep) {
        return new GenerationPointer(
                Objects.requireNonNull(other, "a generation to switch to"),
                serving,
                highest,
                machines,
                null,
                0,
                keep,
                dropped,
                rev);
    }

    /** The other generation is no longer written, and its items are to be deleted. */
    GenerationPointer dropping() {
        int gone = Objects.requireNonNull(other, "a generation to drop");
        Map<Integer, Integer> fewer = new HashMap<>(machines);
        fewer.remove(gone);
        List<Integer> more = new ArrayList<>(dropped);
        more.add(gone);
        return new GenerationPointer(serving, null, highest, fewer, null, 0, false, more, rev);
    }

    /** The items of this generation are deleted. */
    GenerationPointer without(int generation) {
        return new GenerationPointer(
                serving,
                other,
                highest,
                machines,
                building,
                segments,
                kept,
                dropped.stream().filter(one -> one != generation).toList(),
                rev);
    }
}
