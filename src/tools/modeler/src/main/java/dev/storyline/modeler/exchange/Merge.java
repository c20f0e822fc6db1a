package dev.storyline.modeler.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges the present content of a poorer format with the former content of a richer one. */
final class Merge {
    private Merge() {}

    /**
     * Unchanged parts come from the richer format; changed parts come from the poorer one.
     *
     * @param now the present content of the poorer format
     * @param then the content of the poorer format when it was written
     * @param rich the content of the richer format
     */
    static Map<String, Object> of(Map<String, Object> now, Map<String, Object> then, Map<String, Object> rich) {
        Map<String, Object> merged = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>(rich.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            Object value = value(now.get(key), then.get(key), rich.get(key));
            if (value != null) {
                merged.put(key, value);
            }
        }
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object value(@Nullable Object now, @Nullable Object then, @Nullable Object rich) {
        if (now == null ? then == null : now.equals(then)) {
            return rich;
        }
        if (now instanceof Map<?, ?> map && rich instanceof Map<?, ?> before) {
            return of(
                    (Map<String, Object>) map,
                    then instanceof Map<?, ?> old ? (Map<String, Object>) old : Map.of(),
                    (Map<String, Object>) before);
        }
        if (now instanceof List<?> list
                && rich instanceof List<?> before
                && !name(list.getFirst()).isEmpty()) {
            Map<String, Object> old = then instanceof List<?> items ? byName(items) : Map.of();
            Map<String, Object> richer = byName(before);
            List<Object> merged = new ArrayList<>();
            byName(list).forEach((name, item) -> {
                Object value = value(item, old.get(name), richer.get(name));
                merged.add(value == null ? item : value);
            });
            return merged;
        }
        return now;
    }

    /** Matches chapters and slices by name, other parts by position. */
    private static Map<String, Object> byName(List<?> items) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (Object item : items) {
            result.put(Titles.unique(name(item), " again ", new LinkedHashSet<>(result.keySet())), item);
        }
        return result;
    }

    private static String name(@Nullable Object item) {
        if (item instanceof Map<?, ?> map) {
            Object name = map.containsKey("slice") ? map.get("slice") : map.get("chapter");
            return name instanceof String text ? text : "";
        }
        return item instanceof String text ? text : "";
    }
}
