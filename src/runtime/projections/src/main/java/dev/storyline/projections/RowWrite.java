package dev.storyline.projections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one write that several changes of a row amount to. */
sealed interface RowWrite {
    record Put(ObjectNode fields) implements RowWrite {}

    record Set(ObjectNode fields) implements RowWrite {}

    record Remove() implements RowWrite {}

    record Add(Map<String, BigDecimal> amounts) implements RowWrite {}

    /** Both writes as one, this one first. */
    default RowWrite then(RowKey key, RowWrite later) {
        return switch (later) {
            case Put _, Remove _ -> later;
            case Set(ObjectNode fields) ->
                switch (this) {
                    case Put(ObjectNode row) -> new Put(with(row, fields));
                    case Set(ObjectNode row) -> new Set(with(row, fields));
                    case Remove() -> new Put(fields);
                    case Add _ ->
                        throw new IllegalArgumentException(
                                "The total " + key + " takes sums only, but a step sets " + fields);
                };
            case Add(Map<String, BigDecimal> amounts) -> {
                if (!(this instanceof Add(Map<String, BigDecimal> earlier))) {
                    throw new IllegalArgumentException(
                            "The row " + key + " is owned by a stream; a step adds amounts to totals only");
                }
                Map<String, BigDecimal> sum = new HashMap<>(earlier);
                amounts.forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
                yield new Add(sum);
            }
        };
    }

    private static ObjectNode with(ObjectNode row, ObjectNode fields) {
        return row.deepCopy().setAll(fields);
    }

    /** The merged changes of several steps: at most one write for each row, and the stream's own row. */
    final class Merged {
        private final Map<RowKey, RowWrite> writes = new LinkedHashMap<>();
        private @Nullable Record own;

        Map<RowKey, RowWrite> writes() {
            return writes;
        }

        @Nullable
        ObjectNode own() {
            return own == null ? null : AttributeValues.fields(own);
        }

        int size() {
            return writes.size();
        }

        /** How many writes there would be with the later ones. */
        int sizeWith(Merged later) {
            int size = writes.size();
            for (RowKey key : later.writes.keySet()) {
                size += writes.containsKey(key) ? 0 : 1;
            }
            return size;
        }

        /** Adds a change; returns the key of the row, or null if it is the stream's own row. */
        @Nullable
        RowKey add(RowChange change) {
            return switch (change) {
                case RowChange.PutOwn(Record row) -> {
                    own = row;
                    yield null;
                }
                case RowChange.Put(RowKey key, Record row) -> add(key, new Put(AttributeValues.fields(row)));
                case RowChange.Remove(RowKey key) -> add(key, new Remove());
                case RowChange.Set(RowKey key, Map<String, Object> attributes) ->
                    add(key, new Set(Json.mapper().valueToTree(attributes)));
                case RowChange.Add(RowKey key, Map<String, BigDecimal> amounts) -> add(key, new Add(amounts));
            };
        }

        void addAll(Merged later) {
            later.writes.forEach(this::add);
            if (later.own != null) {
                own = later.own;
            }
        }

        RowKey add(RowKey key, RowWrite write) {
            RowWrite before = writes.get(key);
            writes.put(key, before == null ? write : before.then(key, write));
            return key;
        }
    }
}
