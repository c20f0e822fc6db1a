package dev.storyline.modeler.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges the present content of a poorer format into content of a richer one: a board into a model, which has more words, or a
 * model into the board that it came from, which has places and pictures.
 */
final class Merge {
    private final Function<Map<?, ?>, String> names;

    /** @param names the name by which a part in a list is known; empty for none */
    Merge(Function<Map<?, ?>, String> names) {
        this.names = names;
    }

    /**
     * Unchanged parts come from the richer format; changed parts come from the poorer one.
     *
     * @param now the present content of the poorer format
     * @param then the content of the poorer format when it was written
     * @param rich the content of the richer format
     */
    Map<String, Object> of(Map<String, Object> now, Map<String, Object> then, Map<String, Object> rich) {
        Map<String, Object> merged = new LinkedHashMap<>();
        Set<String> all = new LinkedHashSet<>(rich.keySet());
        all.addAll(now.keySet());
        for (String key : all) {
            Object value = value(now.get(key), then.get(key), rich.get(key));
            if (value != null) {
                merged.put(key, value);
            }
        }
        return merged;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object value(@Nullable Object now, @Nullable Object then, @Nullable Object rich) {
        if (now == null ? then == null : now.equals(then)) {
            return rich;
        }
        if (now instanceof Map<?, ?> map && rich instanceof Map<?, ?> before) {
            return of(
                    (Map<String, Object>) map,
                    then instanceof Map<?, ?> old ? (Map<String, Object>) old : Map.of(),
                    (Map<String, Object>) before);
        }
        if (now instanceof List<?> list && rich instanceof List<?> before && isNamed(list) && isNamed(before)) {
            return list(byName(list), then instanceof List<?> items ? byName(items) : Map.of(), byName(before));
        }
        return now;
    }

    /** Items that the poorer format never had stay behind the item that they stood behind. */
    private List<Object> list(Map<String, Object> now, Map<String, Object> then, Map<String, Object> rich) {
        List<Object> merged = new ArrayList<>();
        List<String> names = new ArrayList<>();
        now.forEach((name, item) -> {
            if (then.containsKey(name) && !rich.containsKey(name)) {
                // The richer format says it in another place.
                return;
            }
            Object value = value(item, then.get(name), rich.get(name));
            merged.add(value == null ? item : value);
            names.add(name);
        });
        int behind = 0;
        for (Map.Entry<String, Object> item : rich.entrySet()) {
            int place = names.indexOf(item.getKey());
            if (place >= 0) {
                behind = place + 1;
            } else if (!then.containsKey(item.getKey())) {
                merged.add(behind, item.getValue());
                names.add(behind++, item.getKey());
            }
        }
        return merged;
    }

    private boolean isNamed(List<?> items) {
        return items.stream().noneMatch(item -> name(item).isEmpty());
    }

    /** Matches parts by id or name. */
    private Map<String, Object> byName(List<?> items) {
        Map<String, Object> result = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        for (Object item : items) {
            result.put(Titles.unique(name(item), " again ", taken), item);
        }
        return result;
    }

    private String name(@Nullable Object item) {
        if (item instanceof Map<?, ?> map) {
            return names.apply(map);
        }
        return item instanceof String text ? text : "";
    }
}
