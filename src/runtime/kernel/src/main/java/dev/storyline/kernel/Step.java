package dev.storyline.kernel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of one event in a projection: the next state, and the changes of the view in order.
 *
 * <pre>{@code return Step.to(next).put(key, row).add(total, "open", 1);}</pre>
 *
 * @param state the state after the event
 * @param changes the changes of the view, in order
 */
public record Step<S>(S state, List<RowChange> changes) {
    public Step {
        changes = List.copyOf(changes);
    }

    /** A step that changes no row. */
    public static <S> Step<S> to(S state) {
        return new Step<>(state, List.of());
    }

    /** Also writes a whole row. */
    public Step<S> put(RowKey key, Record row) {
        return and(new RowChange.Put(key, row));
    }

    /** Also writes the stream's own row, under the stream's key. */
    public Step<S> putOwn(Record row) {
        return and(new RowChange.PutOwn(row));
    }

    /** Also sets attributes of a row. */
    public Step<S> set(RowKey key, Map<String, Object> attributes) {
        return and(new RowChange.Set(key, attributes));
    }

    /** Also removes a row. */
    public Step<S> remove(RowKey key) {
        return and(new RowChange.Remove(key));
    }

    /** Also adds amounts to a total. */
    public Step<S> add(RowKey key, Map<String, BigDecimal> amounts) {
        return and(new RowChange.Add(key, amounts));
    }

    private Step<S> and(RowChange change) {
        List<RowChange> more = new ArrayList<>(changes);
        more.add(change);
        return new Step<>(state, more);
    }
}
