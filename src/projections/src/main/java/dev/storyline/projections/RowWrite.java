package dev.storyline.projections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.Json;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is left of several changes of one row when they are written at once. */
sealed interface RowWrite {
    record Put(ObjectNode fields) implements RowWrite {}

    record Set(ObjectNode fields) implements RowWrite {}

    record Remove() implements RowWrite {}

    record Add(Map<String, BigDecimal> amounts) implements RowWrite {}

    /** The merged changes of one stream's steps: at most one write for each row, and the stream's own row. */
    final class Merged {
        private final Map<RowKey, RowWrite> writes = new LinkedHashMap<>();
        private @Nullable ObjectNode own;

        Merged() {}

        Merged(Merged other) {
            writes.putAll(other.writes);
            own = other.own;
        }

        Map<RowKey, RowWrite> writes() {
            return writes;
        }

        @Nullable
        ObjectNode own() {
            return own;
        }

        int size() {
            return writes.size();
        }

        void add(RowChange change) {
            switch (change) {
                case RowChange.PutOwn(Record row) -> own = Attributes.fields(row);
                case RowChange.Put(RowKey key, Record row) -> writes.put(key, new Put(Attributes.fields(row)));
                case RowChange.Remove(RowKey key) -> writes.put(key, new Remove());
                case RowChange.Set(RowKey key, Map<String, Object> attributes) ->
                    writes.merge(key, new Set(Json.mapper().valueToTree(attributes)), Merged::set);
                case RowChange.Add(RowKey key, Map<String, BigDecimal> amounts) ->
                    writes.merge(key, new Add(amounts), (before, add) -> sum(key, before, amounts));
            }
        }

        private static RowWrite set(RowWrite before, RowWrite set) {
            ObjectNode fields = ((Set) set).fields();
            return switch (before) {
                case Put(ObjectNode row) -> new Put(with(row, fields));
                case Set(ObjectNode row) -> new Set(with(row, fields));
                case Remove() -> new Put(fields);
                case Add _ -> throw new IllegalArgumentException("A total takes sums only, not " + fields);
            };
        }

        private static ObjectNode with(ObjectNode row, ObjectNode fields) {
            return row.deepCopy().setAll(fields);
        }

        private static RowWrite sum(RowKey key, RowWrite before, Map<String, BigDecimal> amounts) {
            if (!(before instanceof Add(Map<String, BigDecimal> earlier))) {
                throw new IllegalArgumentException("The row " + key + " is owned; amounts are added to totals only");
            }
            Map<String, BigDecimal> sum = new HashMap<>(earlier);
            amounts.forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
            return new Add(sum);
        }
    }
}
