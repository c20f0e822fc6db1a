package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.ModelException;
import dev.storyline.modeler.exchange.ConfigGraph.Kind;
import dev.storyline.modeler.exchange.ConfigGraph.Thing;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts the fields of a config.json into fields of a model. A nested field becomes a named type. */
final class ConfigFields {
    /** The description of a technical field in the model. */
    static final String TECHNICAL = "A technical attribute.";

    private static final int DEEPEST = 10;

    /** The types found, in the form of a model file. */
    final Map<String, Object> types = new LinkedHashMap<>();

    private final List<String> warnings;

    ConfigFields(List<String> warnings) {
        this.warnings = warnings;
    }

    /** Returns the merged fields of all copies of a thing, by name. */
    Map<String, Object> of(Thing thing) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (JsonNode told : thing.told) {
            for (JsonNode field : ForeignJson.items(told, "fields")) {
                add(thing, fields, field, true);
            }
        }
        return fields;
    }

    /** Adds a new field. A known field should have the same type. */
    void add(Thing thing, Map<String, Object> fields, JsonNode field, boolean whole) {
        String name = name(field);
        Map<String, Object> parts = field(field, whole ? thing : null, 0);
        Object first = fields.putIfAbsent(name, parts);
        if (first instanceof Map<?, ?> before && whole && !Objects.equals(parts.get("type"), before.get("type"))) {
            warnings.add("The field " + thing.name + "." + name + " is " + before.get("type") + " here and "
                    + parts.get("type") + " there; the first one was taken.");
        }
    }

    static String name(JsonNode field) {
        String name = field.isTextual() ? field.asText() : ForeignJson.text(field, "name");
        return Titles.plain(name, "field");
    }

    private Map<String, Object> field(JsonNode field, @Nullable Thing thing, int depth) {
        Map<String, Object> parts = new LinkedHashMap<>();
        boolean many = ForeignJson.text(field, "cardinality").equalsIgnoreCase("List");
        String type = (field.path("optional").asBoolean() ? "optional " : "") + (many ? "list of " : "");
        parts.put("type", type + type(field, depth));
        if (field.path("idAttribute").asBoolean()) {
            parts.put("identity", true);
        }
        JsonNode example = field.path("example");
        put(parts, "example", example.isObject() ? example.toString() : ForeignJson.text(field, "example"));
        if (field.path("generated").asBoolean()) {
            parts.put("generated", "by the system");
        }
        String about = field.path("technicalAttribute").asBoolean() ? TECHNICAL : "";
        String mapping = ForeignJson.text(field, "mapping");
        if (!mapping.isEmpty() && thing != null) {
            String source = source(thing, Titles.plain(mapping, "field"), name(field));
            if (source.isEmpty()) {
                about = (about + " Mapped from " + Titles.line(mapping, 500) + ".").strip();
            } else {
                parts.put("from", source);
            }
        }
        put(parts, "about", about);
        return parts;
    }

    static void put(Map<String, Object> parts, String key, String text) {
        if (!text.isBlank()) {
            parts.put(key, text.strip());
        }
    }

    /** Returns the preceding field that this one is mapped from, with its element; empty if there is none. */
    private static String source(Thing thing, String mapping, String itself) {
        for (Kind kind : List.of(Kind.COMMAND, Kind.EVENT, Kind.READMODEL)) {
            for (Thing before : thing.from(kind)) {
                if (has(before, mapping)) {
                    return before.name + "." + mapping;
                }
            }
        }
        return !mapping.equals(itself) && has(thing, mapping) ? mapping : "";
    }

    private static boolean has(Thing thing, String field) {
        return thing.told.stream()
                .anyMatch(told -> ForeignJson.items(told, "fields").stream()
                        .anyMatch(each -> name(each).equals(field)));
    }

    private String type(JsonNode field, int depth) {
        return switch (ForeignJson.text(field, "type").toLowerCase(Locale.ROOT)) {
            case "boolean", "bool" -> "boolean";
            case "double", "decimal", "float", "number" -> "decimal";
            case "long", "int", "integer" -> "integer";
            case "date" -> "date";
            case "datetime", "timestamp", "instant" -> "instant";
            case "uuid" -> "uuid";
            case "custom", "object", "json" -> custom(field, depth);
            default -> "text";
        };
    }

    private String custom(JsonNode field, int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        ForeignJson.items(field, "subfields")
                .forEach(each -> fields.putIfAbsent(name(each), field(each, null, depth + 1)));
        String schema = ForeignJson.text(field, "schema");
        if (fields.isEmpty() && schema.startsWith("{") && depth < DEEPEST) {
            try {
                return named(name(field), ForeignJson.read(schema, "the schema of a field"), depth);
            } catch (ModelException e) {
                warnings.add("The schema of the field " + name(field) + " cannot be read; it is json.");
            }
        }
        return fields.isEmpty() ? "json" : named(name(field), fields);
    }

    /** Returns a type from a map of names and types, like {@code {"from": "String"}}. */
    private String named(String name, JsonNode schema, int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        schema.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            boolean many = value.isArray();
            JsonNode one = many ? value.path(0) : value;
            String field = Titles.plain(entry.getKey(), "field");
            String type = one.isObject() && !one.isEmpty() && depth < DEEPEST
                    ? named(field, one, depth + 1)
                    : type(ForeignJson.MAPPER.createObjectNode().put("type", one.asText()), DEEPEST);
            fields.putIfAbsent(field, (many ? "list of " : "") + type);
        });
        return fields.isEmpty() ? "json" : named(name, fields);
    }

    private String named(String field, Map<String, Object> fields) {
        String name = Titles.element(field, "Type");
        Set<String> taken = new HashSet<>();
        while (true) {
            String free = Titles.unique(name, "", taken);
            Object same = types.putIfAbsent(free, Map.of("fields", fields));
            if (same == null || same.equals(Map.of("fields", fields))) {
                return free;
            }
        }
    }
}
