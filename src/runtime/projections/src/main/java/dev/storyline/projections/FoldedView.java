package dev.storyline.projections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The view of one stream, folded from its events. A strong query reads it, and a live view must equal it. Only {@link
 * #head} may tell of other streams.
 */
public final class FoldedView implements View {
    private final StreamId stream;
    private final NavigableMap<RowPlace, ObjectNode> rows;
    private final StreamPosition head;
    private final Function<StreamId, StreamPosition> others;

    /** @param rows nobody changes them any more */
    private FoldedView(
            StreamId stream,
            NavigableMap<RowPlace, ObjectNode> rows,
            StreamPosition head,
            Function<StreamId, StreamPosition> others) {
        this.stream = stream;
        this.rows = rows;
        this.head = head;
        this.others = others;
    }

    /** Loads the stream, strongly consistent, and runs the projection over it. */
    public static <S, E> FoldedView of(
            EventStore store, Language language, Projection<S, E> projection, StreamId stream) {
        return new Fold<>(projection, new EventCodec(language), stream).read(store, _ -> StreamPosition.NONE);
    }

    /** A stream as far as it was read. Not thread-safe. After an exception it is of no more use. */
    static final class Fold<S, E> {
        private final Projection<S, E> projection;
        private final EventCodec codec;
        private final StreamId stream;
        private final RowWrite.Merged merged = new RowWrite.Merged();
        private final Set<RowKey> changed = new HashSet<>();
        private NavigableMap<RowPlace, ObjectNode> rows = new TreeMap<>();
        private S state;
        private long position;

        Fold(Projection<S, E> projection, EventCodec codec, StreamId stream) {
            this.projection = projection;
            this.codec = codec;
            this.stream = stream;
            this.state = projection.initialState();
        }

        /** Reads what was added, strongly consistent, and returns the view of the whole stream. */
        FoldedView read(EventStore store, Function<StreamId, StreamPosition> others) {
            position = store.read(stream, position, Long.MAX_VALUE, this::step);
            if (!changed.isEmpty()) {
                // The views that were returned keep the old rows. The copy of a sorted map needs no comparisons.
                rows = new TreeMap<>(rows);
                changed.forEach(this::apply);
                changed.clear();
            }
            return new FoldedView(stream, rows, new StreamPosition(position, null, merged.own()), others);
        }

        private void apply(RowKey key) {
            switch (Objects.requireNonNull(merged.writes().get(key))) {
                case RowWrite.Put(ObjectNode fields) -> rows.put(RowPlace.of(key), fields);
                case RowWrite.Set(ObjectNode fields) -> rows.put(RowPlace.of(key), fields);
                case RowWrite.Remove() -> rows.remove(RowPlace.of(key));
                case RowWrite.Add(Map<String, BigDecimal> amounts) ->
                    rows.put(RowPlace.of(key), Json.mapper().valueToTree(amounts));
            }
        }

        /** How many rows it has. */
        int size() {
            return merged.size();
        }

        private void step(Commit commit) {
            for (Recorded<E> event : codec.decode(commit, projection.folds())) {
                Step<S> step = projection.step(state, event);
                state = step.state();
                for (RowChange change : step.changes()) {
                    RowKey key = merged.add(change);
                    if (key != null) {
                        changed.add(key);
                    }
                }
            }
        }
    }

    @Override
    public StreamPosition head(StreamId other) {
        return other.equals(stream) ? head : others.apply(other);
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        ObjectNode fields = rows.get(RowPlace.of(key));
        return fields == null ? null : Json.mapper().convertValue(fields, type);
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type) {
        PageBuilder<R> page = new PageBuilder<>(size, type);
        RowPlace begin = new RowPlace(partition, after);
        for (Map.Entry<RowPlace, ObjectNode> row : rows.tailMap(begin, false).entrySet()) {
            RowPlace at = row.getKey();
            if (!at.partition().equals(partition)) {
                break;
            }
            if (!page.add(at.sort(), row.getValue())) {
                return page.cut();
            }
        }
        return page.whole();
    }

    @Override
    public View entity(StreamId other) {
        return this;
    }
}
