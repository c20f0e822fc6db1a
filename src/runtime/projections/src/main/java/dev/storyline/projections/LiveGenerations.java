package dev.storyline.projections;

import dev.storyline.kernel.StreamId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which generations of a view an engine writes: the newest first, and only those that this version has made. */
final class LiveGenerations {
    private final ViewTable table;
    private final StreamProcessor<?, ?> processor;
    private final FoldItemCache cache;

    /** The generations that the pointer item named last. */
    private volatile List<Integer> expected = List.of(0);

    LiveGenerations(EngineContext<?, ?> context) {
        this.table = context.table();
        this.processor = context.processor();
        this.cache = context.cache();
    }

    /** The generations to write. Reads the pointer item, 1 read unit. */
    List<Generation> live() {
        if (processor instanceof StreamProcessor.Handling<?, ?>) {
            return List.of(table.generation(0));
        }
        GenerationPointer pointer = begun(table.generations());
        expected = pointer.live();
        return pointer.live().stream()
                .filter(number -> isOurs(pointer, number))
                .map(table::generation)
                .toList();
    }

    /** The version of the processor that made the generation that is served. */
    int servedVersion() {
        GenerationPointer pointer = table.generations();
        return pointer.machine(pointer.serving(), processor.version());
    }

    private boolean isOurs(GenerationPointer pointer, int number) {
        return pointer.machine(number, processor.version()) == processor.version();
    }

    /** In an empty table, this version of the processor makes the first generation. */
    private GenerationPointer begun(GenerationPointer pointer) {
        GenerationPointer now = pointer;
        while (now.rev() == 0) {
            table.write(now.begunBy(processor.version()));
            now = table.generations();
        }
        return now;
    }

    /**
     * The generations to write, with the fold items of some streams. Fold items that are not cached are read together
     * with the pointer item in one round trip. If the pointer has changed, they are read again.
     */
    Map<Generation, Map<StreamId, FoldItem>> withFolds(Set<StreamId> streams) {
        if (processor instanceof StreamProcessor.Handling<?, ?>) {
            Generation only = table.generation(0);
            Map<StreamId, FoldItem> folds = cached(only, streams);
            folds.putAll(only.reader().folds(without(streams, folds), true));
            return Map.of(only, folds);
        }
        List<Integer> before = expected;
        Map<Generation, Map<StreamId, FoldItem>> cached = new LinkedHashMap<>();
        Map<Generation, Set<StreamId>> missing = new LinkedHashMap<>();
        for (int number : before) {
            Generation generation = table.generation(number);
            Map<StreamId, FoldItem> folds = cached(generation, streams);
            cached.put(generation, folds);
            missing.put(generation, without(streams, folds));
        }
        ViewTable.Known read = table.known(missing);
        GenerationPointer pointer = begun(read.pointer());
        Map<Generation, Map<StreamId, FoldItem>> known = new LinkedHashMap<>();
        if (!pointer.live().equals(before)) {
            live().forEach(generation ->
                    known.put(generation, generation.reader().folds(streams, true)));
            return known;
        }
        cached.forEach((generation, folds) -> {
            if (isOurs(pointer, generation.number())) {
                folds.putAll(read.folds().getOrDefault(generation, Map.of()));
                known.put(generation, folds);
            }
        });
        return known;
    }

    private Map<StreamId, FoldItem> cached(Generation generation, Set<StreamId> streams) {
        Map<StreamId, FoldItem> folds = new HashMap<>();
        for (StreamId stream : streams) {
            FoldItem fold = cache.get(generation, stream);
            if (fold != null) {
                folds.put(stream, fold);
            }
        }
        return folds;
    }

    private static Set<StreamId> without(Set<StreamId> streams, Map<StreamId, FoldItem> cached) {
        Set<StreamId> missing = new LinkedHashSet<>(streams);
        missing.removeAll(cached.keySet());
        return missing;
    }
}
