package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Deadline;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares the served generation of a view, or the positions of an event handler, with a restored event table, and changes
 * nothing. First every stream of the restored table is folded to its end, and its rows at the position are compared with
 * those of the view. Then every position is looked at whose stream the restored table lacks. Memory holds one page of
 * streams, and the rows of those that are folded at the same time.
 *
 * <p>A position belongs to the restored history if the commit at it is the same: a number alone would not tell, because
 * other events may have been recorded after a restore.
 *
 * <p>The live feed goes on meanwhile. What is found counts only if the position is still the same afterwards.
 */
final class RestoreComparison<S, E> {
    private static final int LOOKS = 5;
    private static final int AT_ONCE = 64;
    private static final long BETWEEN_LOOKS_NANOS = 100_000_000;

    private final EngineContext<S, E> context;
    private final EventScan restored;
    private final Generation generation;
    private final Patience patience;
    private final RestoreFindings.Count count = new RestoreFindings.Count();

    /**
     * A comparison.
     *
     * @param context its store is that of the restored table
     * @param restored the restored table
     */
    RestoreComparison(EngineContext<S, E> context, EventScan restored) {
        this.context = context;
        this.restored = restored;
        this.generation = context.table()
                .generation(
                        context.processor() instanceof StreamProcessor.Handling<?, ?>
                                ? 0
                                : context.table().generations().serving());
        this.patience = new Patience(context.backoff());
    }

    /**
     * Where a comparison goes on.
     *
     * @param positions whether all streams of the restored table are folded, and positions are looked at
     * @param key the stream, or the partition key of the item, after which it goes on; null to begin
     * @param version the version of the commit
     * @param sort the sort key of the item
     */
    private record Resume(
            boolean positions,
            @Nullable String key,
            long version,
            @Nullable String sort) {
        static Resume read(String text) {
            if (text.isEmpty()) {
                return new Resume(false, null, 0, null);
            }
            try {
                return Json.mapper().readValue(text, Resume.class);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("A comparison does not go on at '" + text + "'", e);
            }
        }

        EventScan.@Nullable After after() {
            return key == null ? null : new EventScan.After(StreamId.parse(key), version);
        }

        @Override
        public String toString() {
            return Json.mapper().valueToTree(this).toString();
        }
    }

    /** Goes on until everything is compared or the time of the function is over. */
    RestoreFindings run(String after) {
        Resume place = Resume.read(after);
        while (place != null && !Deadline.current().isNear()) {
            place = place.positions() ? positions(place) : streams(place);
        }
        return count.next(place == null ? "" : place.toString());
    }

    private Resume streams(Resume place) {
        EventScan.After after = place.after();
        EventScan.Reaches page = patience.ask(() -> restored.reaches(0, 1, after));
        Set<StreamId> streams = new LinkedHashSet<>();
        page.reaches().forEach(reach -> streams.add(reach.stream()));
        if (after != null) {
            // It began on the page before, where it was compared as a whole.
            streams.remove(after.stream());
        }
        inParallel(List.copyOf(streams), this::compare);
        EventScan.After next = page.next();
        return next == null
                ? new Resume(true, null, 0, null)
                : new Resume(false, next.stream().toString(), next.version(), null);
    }

    private @Nullable Resume positions(Resume place) {
        ViewTable.ItemPage page = patience.ask(() -> context.table().items(place.key(), place.sort()));
        List<StreamId> applied = new ArrayList<>();
        for (Map<String, AttributeValue> item : page.items()) {
            if (isPosition(item) && FoldItem.read(item).pos() > 0) {
                applied.add(StreamId.parse(generation
                        .keys()
                        .without(Objects.requireNonNull(item.get(ViewTable.PARTITION))
                                .s())));
            }
        }
        inParallel(applied, stream -> {
            if (patience.ask(() -> context.store().head(stream)) == 0) {
                count.found(new RestoreFindings.Deviation(
                        stream.toString(), "ahead", "The restored table does not have the stream."));
            }
        });
        return page.partition() == null ? null : new Resume(true, page.partition(), 0, page.sort());
    }

    private boolean isPosition(Map<String, AttributeValue> item) {
        return context.table().belongsTo(item, generation.number())
                && Objects.requireNonNull(item.get(ViewTable.SORT))
                        .s()
                        .equals(FoldItem.SORT_PREFIX + context.processor().name());
    }

    private interface Look {
        void at(StreamId stream);
    }

    private void inParallel(List<StreamId> streams, Look look) {
        List<RuntimeException> failures = new ArrayList<>();
        for (int from = 0; from < streams.size(); from += AT_ONCE) {
            List<Runnable> some = new ArrayList<>();
            for (StreamId stream : streams.subList(from, Math.min(streams.size(), from + AT_ONCE))) {
                some.add(() -> {
                    try {
                        look.at(stream);
                    } catch (RuntimeException e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                });
            }
            context.tasks().runAll(some);
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
        }
    }

    private void compare(StreamId stream) {
        count.folded();
        for (int looks = 1; ; looks++) {
            FoldItem fold = patience.ask(() -> generation.reader().fold(stream));
            Compared compared = patience.ask(() -> compared(stream, fold));
            if (compared.found() == null) {
                if (compared.head() > (fold == null ? 0 : fold.pos())) {
                    count.behind();
                }
                return;
            }
            FoldItem now = patience.ask(() -> generation.reader().fold(stream));
            if (looks == LOOKS || rev(fold) == rev(now)) {
                tell(stream, compared.found());
                return;
            }
            context.backoff().pause(BETWEEN_LOOKS_NANOS);
        }
    }

    private static long rev(@Nullable FoldItem fold) {
        return fold == null ? 0 : fold.rev();
    }

    private void tell(StreamId stream, RestoreFindings.Deviation found) {
        boolean ofEvents = found.what().equals("differing") || found.what().equals("unreadable");
        if (ofEvents
                && patience.ask(() -> generation.reader().skipped(stream + "@", 1)).skipped().stream()
                        .anyMatch(skip -> skip.stream().equals(stream.toString()))) {
            count.skipped();
        } else {
            count.found(found);
        }
    }

    /**
     * A stream that was folded.
     *
     * @param head the version of its last event in the restored table
     * @param found what is wrong; null for nothing
     */
    private record Compared(long head, RestoreFindings.@Nullable Deviation found) {}

    private Compared compared(StreamId stream, @Nullable FoldItem fold) {
        Steps steps = new Steps(stream, fold);
        String name = stream.toString();
        long head;
        try {
            head = context.store().read(stream, 0, Long.MAX_VALUE, steps::add);
        } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            return new Compared(0, new RestoreFindings.Deviation(name, "unreadable", EngineContext.reason(e)));
        }
        if (fold == null || fold.pos() == 0) {
            return new Compared(head, null);
        }
        if (fold.pos() > head) {
            return new Compared(
                    head,
                    new RestoreFindings.Deviation(
                            name,
                            "ahead",
                            "The position is " + fold.pos() + ", the restored stream ends at " + head + "."));
        }
        if (!Objects.equals(fold.commit(), steps.commit)) {
            return new Compared(
                    head,
                    new RestoreFindings.Deviation(
                            name,
                            "foreign",
                            "The commit at the position " + fold.pos() + " is " + fold.commit()
                                    + ", in the restored table it is " + steps.commit + "."));
        }
        return new Compared(
                head,
                steps.difference == null ? null : new RestoreFindings.Deviation(name, "differing", steps.difference));
    }

    /** Folds a stream, and compares its rows when the fold has reached the position. */
    private final class Steps {
        private final StreamId stream;
        private final @Nullable FoldItem fold;
        private final StreamState.Steps<S, E> steps = new StreamState.Steps<>(context, Long.MAX_VALUE);

        /** The commit that ends at the position. */
        private @Nullable String commit;

        private @Nullable String difference;

        Steps(StreamId stream, @Nullable FoldItem fold) {
            this.stream = stream;
            this.fold = fold;
        }

        void add(Commit next) {
            steps.add(next);
            if (fold != null && next.last() == fold.pos()) {
                commit = next.id();
                // The rows of another version of the projection look different, and a rebuild is due anyway.
                if (fold.machine() == context.processor().version() && next.id().equals(fold.commit())) {
                    difference = difference(fold);
                }
            }
        }

        private @Nullable String difference(FoldItem at) {
            ObjectNode own = steps.rows().own();
            if (own != null && !stored(own).equals(at.own())) {
                return "The row of the stream is not what its events amount to.";
            }
            Map<Map<String, AttributeValue>, RowKey> keys = new HashMap<>();
            Map<RowKey, ObjectNode> wanted = new TreeMap<>(Comparator.comparing(RowPlace::of));
            steps.rows().writes().forEach((key, write) -> {
                switch (write) {
                    case RowWrite.Put(ObjectNode fields) -> wanted.put(key, stored(fields));
                    case RowWrite.Set(ObjectNode fields) -> wanted.put(key, stored(fields));
                    case RowWrite.Remove() -> wanted.put(key, Json.mapper().createObjectNode());
                    case RowWrite.Add _ -> {}
                }
            });
            wanted.keySet().forEach(key -> keys.put(generation.keys().row(key), key));
            Map<RowKey, ObjectNode> found = new HashMap<>();
            context.table().items(List.copyOf(keys.keySet()), item -> {
                Map<String, AttributeValue> row = new HashMap<>(item);
                AttributeValue partition = Objects.requireNonNull(row.remove(ViewTable.PARTITION));
                AttributeValue sort = Objects.requireNonNull(row.remove(ViewTable.SORT));
                RowKey key = keys.get(Map.of(ViewTable.PARTITION, partition, ViewTable.SORT, sort));
                if (key != null) {
                    found.put(key, AttributeValues.fields(row));
                }
            });
            for (Map.Entry<RowKey, ObjectNode> row : wanted.entrySet()) {
                ObjectNode is = found.getOrDefault(row.getKey(), Json.mapper().createObjectNode());
                if (!row.getValue().equals(is)) {
                    return "The row " + row.getKey().partition() + " "
                            + row.getKey().sort() + " of " + stream + " is not what its events amount to.";
                }
            }
            return null;
        }

        /** As the table would give it back. */
        private static ObjectNode stored(ObjectNode fields) {
            return AttributeValues.fields(AttributeValues.item(fields));
        }
    }
}
