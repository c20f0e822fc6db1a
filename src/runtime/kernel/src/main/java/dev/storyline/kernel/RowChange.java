package dev.storyline.kernel;

import java.math.BigDecimal;
import java.util.Map;

/** One change of a view. Rows belong to the stream that wrote them; totals are shared and only take sums. */
public sealed interface RowChange {
    /** The whole row becomes this record. */
    record Put(RowKey key, Record row) implements RowChange {}

    /** The stream's own row becomes this record. It is stored in the fold item, so it costs no further write. */
    record PutOwn(Record row) implements RowChange {}

    /** These attributes of the row become these values; a missing row is created. */
    record Set(RowKey key, Map<String, Object> attributes) implements RowChange {
        public Set {
            attributes = Map.copyOf(attributes);
            if (attributes.isEmpty()) {
                throw new IllegalArgumentException("A step sets no attribute of " + key + "; leave the change out");
            }
        }
    }

    /** The row disappears. */
    record Remove(RowKey key) implements RowChange {}

    /** These amounts are added to a shared total. A missing total and a missing amount count as zero. */
    record Add(RowKey key, Map<String, BigDecimal> amounts) implements RowChange {
        public Add {
            amounts = Map.copyOf(amounts);
            if (amounts.isEmpty()) {
                throw new IllegalArgumentException("A step adds no amount to " + key + "; leave the change out");
            }
        }
    }
}
