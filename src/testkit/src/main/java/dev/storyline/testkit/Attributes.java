package dev.storyline.testkit;

import dev.storyline.kernel.Id;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records as the attributes that a view stores, so that a row that was put and one that was set compare as equal. */
final class Attributes {
    private Attributes() {}

    /** The components of a record that are not null, by name. */
    static Map<String, Object> of(Record row) {
        Map<String, Object> attributes = new TreeMap<>();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            Object value = value(row, component.getAccessor());
            if (value != null) {
                attributes.put(component.getName(), plain(value));
            }
        }
        return attributes;
    }

    /** The same attributes with plain values. */
    static Map<String, Object> of(Map<?, ?> attributes) {
        Map<String, Object> plain = new TreeMap<>();
        attributes.forEach((name, value) -> plain.put(String.valueOf(name), plain(value)));
        return plain;
    }

    private static @Nullable Object value(Record row, Method accessor) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(row);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("Cannot read " + accessor.getName() + " of " + row, failure);
        }
    }

    /** A number by value, a collection by its elements, a record by its components, all else as its text. */
    static Object plain(Object value) {
        return switch (value) {
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case Boolean truth -> truth;
            case Id id -> id.value();
            case Enum<?> constant -> constant.name();
            case Record row -> of(row);
            case Map<?, ?> map -> of(map);
            case Set<?> set -> set.stream().map(Attributes::plain).collect(Collectors.toSet());
            case Collection<?> list -> list.stream().map(Attributes::plain).toList();
            case Object other -> other.toString();
        };
    }
}
