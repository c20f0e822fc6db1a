package dev.storyline.model;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes the source locations from a record and from all records in it. The result shows whether two models are equal.
 */
public final class Placeless {
    private Placeless() {}

    /**
     * Converts records to lists of names and values, and maps to lists of entries in their order. Other values stay
     * unchanged.
     */
    public static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case SourceLocation place -> place.getClass().getSimpleName();
            case Record record -> {
                Map<String, @Nullable Object> parts = new LinkedHashMap<>();
                for (RecordComponent part : record.getClass().getRecordComponents()) {
                    try {
                        parts.put(part.getName(), of(part.getAccessor().invoke(record)));
                    } catch (ReflectiveOperationException e) {
                        throw new LinkageError(e.getMessage(), e);
                    }
                }
                yield parts;
            }
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(of(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                List<@Nullable Object> entries = new ArrayList<>();
                map.forEach((key, inner) -> entries.add(Arrays.asList(key, of(inner))));
                yield entries;
            }
            case null -> null;
            default -> value;
        };
    }
}
