package dev.storyline.projections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a projection or an event handler has made of one stream, as of a version, folded from the events alone.
 *
 * @param version the version of the last event that counts; 0 if there is none
 * @param state the state of the machine
 * @param rows the rows of the stream in the view then, its own row first, {@value #MOST_ROWS} at most; of totals, what
 *     the stream has added. An event handler has none
 * @param moreRows how many rows are left out
 */
public record StreamState(long version, JsonNode state, List<Row> rows, int moreRows) {
    static final int MOST_ROWS = 200;

    /**
     * A row of the view.
     *
     * @param partition the first part of its key; of the stream's own row, the stream
     * @param sort the second part of its key; empty for the stream's own row
     * @param fields its fields
     */
    public record Row(String partition, String sort, ObjectNode fields) {}

    /** Folds a stream up to a version. Nothing is written, and no effect runs. */
    static <S, E> StreamState at(EngineContext<S, E> context, StreamId stream, long version) {
        Steps<S, E> steps = new Steps<>(context, version);
        long read = context.store().read(stream, 0, version, steps::add);
        return steps.state(stream, Math.min(read, version));
    }

    /** A stream as far as it was folded. */
    static final class Steps<S, E> {
        private final EngineContext<S, E> context;
        private final long version;
        private final RowWrite.Merged rows = new RowWrite.Merged();
        private S state;

        Steps(EngineContext<S, E> context, long version) {
            this.context = context;
            this.version = version;
            this.state = context.processor().initialState();
        }

        RowWrite.Merged rows() {
            return rows;
        }

        void add(Commit commit) {
            for (Recorded<E> event :
                    context.codec().decode(commit, context.processor().folds())) {
                if (event.version() <= version) {
                    StreamProcessor.Outcome<S> outcome = context.processor().step(state, event);
                    state = outcome.state();
                    for (RowChange change : outcome.changes()) {
                        rows.add(change);
                    }
                }
            }
        }

        StreamState state(StreamId stream, long reached) {
            List<Row> all = new ArrayList<>();
            ObjectNode own = rows.own();
            if (own != null) {
                all.add(new Row(stream.toString(), "", own));
            }
            for (Map.Entry<RowKey, RowWrite> row : rows.writes().entrySet()) {
                if (!(row.getValue() instanceof RowWrite.Remove)) {
                    RowKey key = row.getKey();
                    all.add(new Row(key.partition(), key.sort(), fields(row.getValue())));
                }
            }
            JsonNode told = Json.mapper().valueToTree(state);
            return new StreamState(
                    reached,
                    Objects.requireNonNullElseGet(told, () -> Json.mapper().nullNode()),
                    all.stream().limit(MOST_ROWS).toList(),
                    Math.max(0, all.size() - MOST_ROWS));
        }

        private static ObjectNode fields(RowWrite write) {
            return switch (write) {
                case RowWrite.Put(ObjectNode fields) -> fields;
                case RowWrite.Set(ObjectNode fields) -> fields;
                case RowWrite.Add(Map<String, BigDecimal> amounts) ->
                    Json.mapper().valueToTree(new TreeMap<>(amounts));
                case RowWrite.Remove() -> Json.mapper().createObjectNode();
            };
        }
    }
}
