package dev.storyline.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storyline.model.Key.Target;
import dev.storyline.model.PartFormat.KeyFormat;
import dev.storyline.model.PartFormat.Shape;
import dev.storyline.modeler.check.ModelingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Writes the JSON Schema of the model's file from the descriptor of the format. */
final class ModelSchema {
    private static final Map<String, Object> NULL = Map.of("type", "null");
    private static final Map<String, Object> TEXT = ref("text");
    private static final Map<String, Object> STEP = ref("step");

    private ModelSchema() {}

    /** Returns the schema with one line for each key of each part. */
    static String text() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Event model of one context");
        root.put("description", PartFormat.of(Model.class).part().says());
        root.putAll(object(PartFormat.of(Model.class)));
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("text", Map.of("type", List.of("string", "number", "boolean", "null")));
        parts.put("name", new TreeMap<>(Map.of("type", "string", "pattern", "^\\p{L}[\\p{L}\\p{N}_-]*$")));
        parts.put("element-name", new TreeMap<>(Map.of("type", "string", "pattern", "^\\p{Lu}[\\p{L}\\p{N}_-]*$")));
        parts.put("texts", anyOf(list(TEXT), TEXT));
        parts.put("step", step());
        for (Class<?> part : PartFormat.all()) {
            if (part != Model.class) {
                parts.put(named(part), part(PartFormat.of(part)));
            }
        }
        root.put("$defs", parts);
        StringBuilder text = new StringBuilder();
        write(root, "", text);
        return text.append('\n').toString();
    }

    private static Map<String, Object> ref(String name) {
        return Map.of("$ref", "#/$defs/" + name);
    }

    private static Map<String, Object> list(Object items) {
        return new TreeMap<>(Map.of("type", "array", "items", items));
    }

    private static Map<String, Object> anyOf(Object... choices) {
        return Map.of("anyOf", List.of(choices));
    }

    private static String named(Class<?> part) {
        return part.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> part(PartFormat format) {
        List<Object> choices = new ArrayList<>(List.of(object(format)));
        for (String word : format.part().alone()) {
            KeyFormat key = Objects.requireNonNull(format.keys().get(word));
            choices.add(key.shape() == Shape.TEXT ? value(key) : ref("texts"));
        }
        choices.add(NULL);
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("description", format.part().says());
        part.put("anyOf", choices);
        return part;
    }

    private static Map<String, Object> object(PartFormat format) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (KeyFormat key : format.keys().values()) {
            Key told = Objects.requireNonNull(key.key());
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", told.says());
            property.putAll(value(key));
            properties.put(key.word(), property);
            if (told.required()) {
                required.add(key.word());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        object.put("additionalProperties", false);
        object.put("properties", properties);
        return object;
    }

    private static Map<String, Object> value(KeyFormat key) {
        String pattern = Objects.requireNonNull(key.key()).pattern();
        return switch (key.shape()) {
            case TEXT ->
                key.to().contains(Target.BASIC_TYPE)
                        ? Map.of("enum", Type.BASIC.stream().sorted().toList())
                        : key.word().equals("step")
                                ? Map.of("enum", words(List.of(ModelingStep.values())))
                                : pattern.isEmpty()
                                        ? TEXT
                                        : new TreeMap<>(Map.of("type", "string", "pattern", "^(" + pattern + ")$"));
            case YES -> Map.of("type", "boolean");
            case NUMBER -> new TreeMap<>(Map.of("type", "integer", "minimum", 1, "maximum", 1_000));
            case CHOICE -> Map.of("enum", words(Arrays.asList(key.type().getEnumConstants())));
            case DATE -> new TreeMap<>(Map.of("type", "string", "format", "date"));
            case REF -> TEXT;
            case REFS, TEXTS -> ref("texts");
            case TEXT_BY_NAME -> byName(TEXT);
            case REFS_BY_NAME -> byName(ref("texts"));
            case PART -> ref(named(key.type()));
            case PARTS_BY_NAME -> partsByName(key);
            case PARTS -> anyOf(list(ref(named(key.type()))), ref(named(key.type())));
            case STEPS -> anyOf(list(STEP), STEP, NULL);
            case ROWS -> anyOf(list(Map.of("type", "object")), Map.of("type", "object"));
            case NONE -> throw new IllegalStateException(key.word());
        };
    }

    private static List<String> words(List<?> choices) {
        return choices.stream()
                .map(choice -> choice instanceof ModelingStep step ? step.word() : ((Word) choice).word())
                .toList();
    }

    private static Map<String, Object> byName(Object value) {
        return new TreeMap<>(Map.of("type", List.of("object", "null"), "additionalProperties", value));
    }

    private static Map<String, Object> partsByName(KeyFormat key) {
        Part part = PartFormat.of(key.type()).part();
        Map<String, Object> name = key.type() == Element.class ? ref("element-name") : ref("name");
        Map<String, Object> object = byName(ref(named(key.type())));
        if (!part.sentence()) {
            object.put("propertyNames", key.type() == ModelDeadline.class ? TEXT : name);
        }
        return part.unnamed() ? anyOf(object, list(TEXT), TEXT) : anyOf(object, list(part.sentence() ? TEXT : name));
    }

    private static Map<String, Object> step() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("rejected", described("The rule that rejects.", TEXT));
        properties.put(
                "time",
                described(
                        "How much time passes: '+30 minutes'.",
                        new TreeMap<>(
                                Map.of("type", "string", "pattern", "^\\+[0-9]{1,6} ?(min(ute)?|h(our)?|d(ay)?)s?$"))));
        StepReader.SETTINGS.forEach((word, says) -> properties.put(
                word,
                described(
                        says,
                        word.equals("times")
                                ? new TreeMap<>(Map.of("type", "integer", "minimum", 1, "maximum", 1_000))
                                : TEXT)));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("additionalProperties", Map.of("type", List.of("object", "null")));
        object.put("properties", properties);
        Map<String, Object> step = new LinkedHashMap<>();
        step.put(
                "description",
                "One line of a scenario: an element alone, or with the values that matter, 'WishApproved: {wish: a sled}'.");
        step.put("anyOf", List.of(object, Map.of("type", "string")));
        return step;
    }

    private static Map<String, Object> described(String says, Map<String, Object> value) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", says);
        described.putAll(value);
        return described;
    }

    /** Breaks the line within a map of keys and around them, and nowhere else. */
    private static void write(Map<?, ?> map, String indent, StringBuilder text) {
        text.append("{\n");
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(comma)
                    .append(indent)
                    .append("  ")
                    .append(json(entry.getKey()))
                    .append(": ");
            boolean opens =
                    entry.getKey().equals("properties") || entry.getKey().equals("$defs") || indent.length() == 2;
            if (entry.getValue() instanceof Map<?, ?> inner
                    && opens
                    && json(inner).length() > 110) {
                write(inner, indent + "  ", text);
            } else if (entry.getKey().equals("anyOf")
                    && entry.getValue() instanceof List<?> choices
                    && choices.getFirst() instanceof Map<?, ?> first
                    && first.containsKey("properties")) {
                text.append("[");
                write(first, indent + "  ", text);
                choices.stream().skip(1).forEach(choice -> text.append(", ").append(json(choice)));
                text.append("]");
            } else {
                text.append(json(entry.getValue()));
            }
            comma = ",\n";
        }
        text.append("\n").append(indent).append("}");
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
