package dev.storyline.testkit;

import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A view in memory: what a projection's changes, applied in order, leave behind. */
final class Rows {
    private static final Comparator<RowKey> ORDER =
            Comparator.comparing(RowKey::partition).thenComparing(RowKey::sort);

    private final Map<RowKey, Map<String, Object>> rows = new TreeMap<>(ORDER);
    private final Set<RowKey> owned = new HashSet<>();
    private final Set<RowKey> totals = new HashSet<>();
    private @Nullable Map<String, Object> own;

    void apply(RowChange change) {
        switch (change) {
            case RowChange.Put(var key, var row) -> rows.put(owned(key), Attributes.of(row));
            case RowChange.PutOwn(var row) -> own = Attributes.of(row);
            case RowChange.Set(var key, var attributes) ->
                rows.computeIfAbsent(owned(key), _ -> new TreeMap<>()).putAll(Attributes.of(attributes));
            case RowChange.Remove(var key) -> rows.remove(owned(key));
            case RowChange.Add(var key, var amounts) -> add(total(key), amounts);
        }
    }

    private void add(RowKey key, Map<String, BigDecimal> amounts) {
        Map<String, Object> total = rows.computeIfAbsent(key, _ -> new TreeMap<>());
        amounts.forEach((name, amount) -> total.merge(
                name, Attributes.plain(amount), (a, b) -> Attributes.plain(((BigDecimal) a).add((BigDecimal) b))));
        total.values().removeIf(BigDecimal.ZERO::equals);
        if (total.isEmpty()) {
            rows.remove(key);
        }
    }

    private RowKey owned(RowKey key) {
        owned.add(key);
        return unmixed(key);
    }

    private RowKey total(RowKey key) {
        totals.add(key);
        return unmixed(key);
    }

    private RowKey unmixed(RowKey key) {
        if (owned.contains(key) && totals.contains(key)) {
            throw new AssertionError(key + " is used as a row, which belongs to one stream, and as a shared total");
        }
        return key;
    }

    /** The row or total under this key, null if there is none. */
    @Nullable
    Map<String, Object> row(RowKey key) {
        return rows.get(key);
    }

    /** The stream's own row, null if there is none. */
    @Nullable
    Map<String, Object> own() {
        return own;
    }

    /** What to expect under a key: of a total, zero amounts equal absent ones. */
    Map<String, Object> expected(RowKey key, Map<String, ?> attributes) {
        Map<String, Object> expected = Attributes.of(attributes);
        if (totals.contains(key)) {
            expected.values().removeIf(BigDecimal.ZERO::equals);
        }
        return expected;
    }

    @Override
    public String toString() {
        String all = rows.entrySet().stream()
                .map(row -> row.getKey().partition() + " / " + row.getKey().sort() + " " + row.getValue())
                .collect(Collectors.joining("\n"));
        return own == null ? (all.isEmpty() ? "no row at all" : all) : ("own " + own + "\n" + all).strip();
    }
}
