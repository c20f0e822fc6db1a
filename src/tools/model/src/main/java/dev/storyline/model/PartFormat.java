package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of one part of the model's file, taken from its record: see {@link Part} and {@link Key}. A new key is one
 * annotated component. Nothing else has to learn of it.
 */
public final class PartFormat {
    private static final Map<Class<?>, PartFormat> KNOWN = new ConcurrentHashMap<>();

    private final Part part;
    private final Constructor<?> constructor;
    private final List<KeyFormat> components = new ArrayList<>();
    private final Map<String, KeyFormat> keys = new LinkedHashMap<>();

    /** How the value of a key is written. */
    public enum Shape {
        TEXT,
        YES,
        NUMBER,
        /** One of the words of an enum. */
        CHOICE,
        DATE,
        /** The name of one element. */
        REF,
        /** Names of elements or fields: one alone, or a list. */
        REFS,
        /** Texts: one alone, or a list. */
        TEXTS,
        /** Texts by name. */
        TEXT_BY_NAME,
        /** Names of elements by text. */
        REFS_BY_NAME,
        /** One part. */
        PART,
        /** Parts by name; their names alone may stand as a list. */
        PARTS_BY_NAME,
        /** A list of parts that tell their names themselves. */
        PARTS,
        /** Steps of a scenario. */
        STEPS,
        /** Maps of values. */
        ROWS,
        /** No key: the name of the part, its location, its kind or its context. */
        NONE
    }

    /**
     * One component of a part.
     *
     * @param word the key in the file; the name of the component where it is no key
     * @param shape how its value is written
     * @param type the record or enum of its value or of its values; the component's type for others
     * @param key what is said about it; null where it is no key
     * @param component the component
     */
    public record KeyFormat(
            String word,
            Shape shape,
            Class<?> type,
            @Nullable Key key,
            RecordComponent component) {
        /** Returns the value of the component of a part. */
        public @Nullable Object of(Record part) {
            try {
                return component.getAccessor().invoke(part);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Returns what the names under the key refer to. */
        public List<Key.Target> to() {
            return key == null ? List.of() : List.of(key.to());
        }

        /** Returns whether it is a remark, which says nothing about the business. */
        public boolean remark() {
            return key != null && key.remark();
        }
    }

    private PartFormat(Class<?> type) {
        part = Objects.requireNonNull(type.getAnnotation(Part.class), type.getName());
        RecordComponent[] declared = type.getRecordComponents();
        for (RecordComponent component : declared) {
            Key key = component.getAnnotation(Key.class);
            String word = key == null || key.value().isEmpty() ? component.getName() : key.value();
            Class<?> of = valueType(component);
            KeyFormat format = new KeyFormat(word, key == null ? Shape.NONE : shape(component, of), of, key, component);
            components.add(format);
            if (key != null) {
                keys.put(word, format);
            }
        }
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the descriptor of a record that is a part. */
    public static PartFormat of(Class<?> type) {
        PartFormat known = KNOWN.get(type);
        if (known == null) {
            known = new PartFormat(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    /** Returns the type of the values of a list or a map, or the type of the component itself. */
    private static Class<?> valueType(RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return last instanceof ParameterizedType inner ? (Class<?>) inner.getRawType() : (Class<?>) last;
        }
        return component.getType();
    }

    private static Shape shape(RecordComponent component, Class<?> of) {
        boolean many = component.getType() == List.class;
        boolean named = component.getType() == Map.class;
        if (of == String.class) {
            return many ? Shape.TEXTS : named ? Shape.TEXT_BY_NAME : Shape.TEXT;
        }
        if (of == Ref.class) {
            return many ? Shape.REFS : Shape.REF;
        }
        if (of == ScenarioStep.class) {
            return Shape.STEPS;
        }
        if (of == List.class || of == Map.class) {
            return of == List.class ? Shape.REFS_BY_NAME : Shape.ROWS;
        }
        if (of == boolean.class || of == int.class || of == LocalDate.class) {
            return of == boolean.class ? Shape.YES : of == int.class ? Shape.NUMBER : Shape.DATE;
        }
        if (of.isEnum()) {
            return Shape.CHOICE;
        }
        return !many && !named ? Shape.PART : of(of).tellsItsName() ? Shape.PARTS : Shape.PARTS_BY_NAME;
    }

    /** Whether its name is the value of a key, or it has none. */
    private boolean tellsItsName() {
        return components.getFirst().shape() != Shape.NONE;
    }

    /** Returns what is said about the part. */
    public Part part() {
        return part;
    }

    /** Returns the keys by word, in the order of the file. */
    public Map<String, KeyFormat> keys() {
        return keys;
    }

    /** Returns the key whose value alone may stand for the part: as a text, or as a list. */
    public @Nullable KeyFormat alone(boolean text) {
        KeyFormat found = null;
        for (String word : part.alone()) {
            KeyFormat key = Objects.requireNonNull(keys.get(word), word);
            boolean fits = text == (key.shape() == Shape.TEXT);
            if (found == null || fits) {
                found = key;
            }
        }
        return found;
    }

    /** Returns whether it is a field, which people know by the element that it belongs to. */
    boolean isField() {
        return constructor.getDeclaringClass() == Field.class;
    }

    /** Returns the part in messages. */
    String called(String name, @Nullable Kind kind) {
        return part.value()
                .replace("{kind}", kind == null ? "element" : kind.word())
                .replace("{}", name);
    }

    /** Returns the name under which a part stands; empty for a part without one. */
    public String nameOf(Record named) {
        for (KeyFormat component : components) {
            boolean refers = component.shape() == Shape.NONE && component.type() == Ref.class;
            if (component.component().getName().equals("name") || refers) {
                return String.valueOf(component.of(named));
            }
        }
        return "";
    }

    /** Returns the location of a part. */
    public SourceLocation placeOf(Record placed) {
        for (KeyFormat component : components) {
            if (component.of(placed) instanceof SourceLocation place) {
                return place;
            }
        }
        return SourceLocation.NOWHERE;
    }

    /** A source of the values of components. */
    interface Values {
        @Nullable
        Object of(KeyFormat component);
    }

    /** Creates the part. */
    Record create(Values values) {
        try {
            @Nullable Object[] arguments = new Object[components.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = values.of(components.get(i));
            }
            return (Record) constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns every record type that is a part, beginning with the model. */
    public static List<Class<?>> all() {
        Map<Class<?>, PartFormat> found = new LinkedHashMap<>();
        collect(Model.class, found);
        return List.copyOf(found.keySet());
    }

    private static void collect(Class<?> type, Map<Class<?>, PartFormat> found) {
        PartFormat format = of(type);
        if (found.put(type, format) == null) {
            for (KeyFormat key : format.keys().values()) {
                if (key.type().isAnnotationPresent(Part.class)) {
                    collect(key.type(), found);
                }
            }
        }
    }
}
