package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.common.Json;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.SymbolicValues;
import dev.storyline.model.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Converts the values of specifications to JSON, and compares actual values with specified ones. */
final class SymbolicJson {
    private final Model model;

    /** Creates values of the types of this model. */
    SymbolicJson(Model model) {
        this.model = model;
    }

    /** Thrown when a specification is incomplete or contains an impossible value. */
    static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unclear(String message) {
            super(message);
        }
    }

    /**
     * Returns all these fields: the specified values, and examples of the rest. Optional fields without a specified
     * value are left out.
     */
    ObjectNode all(List<Field> fields, Map<String, Object> told, int n) {
        ObjectNode all = Json.mapper().createObjectNode();
        for (Field field : fields) {
            Object value = told.get(field.name());
            if (value != null) {
                JsonNode node = told(field, value, n);
                if (!node.isNull()) {
                    all.set(field.name(), node);
                }
            } else if (!field.optional()) {
                all.set(field.name(), untold(field));
            }
        }
        return all;
    }

    /** Returns an example of a field. */
    JsonNode untold(Field field) {
        if (field.many()) {
            return Json.mapper().createArrayNode();
        }
        Type type = model.types().get(field.type());
        if (!field.example().isEmpty()) {
            return one(field, field.example());
        }
        if (type != null && !type.example().isEmpty()) {
            return one(field, type.example());
        }
        List<Field> parts = Landscape.fieldsOf(model, field.type());
        if (!parts.isEmpty()) {
            return all(parts, Map.of(), 1);
        }
        if (basic(field).equals("instant")) {
            return TextNode.valueOf(SymbolicValues.NOW.toString());
        }
        throw new Unclear("Tell '" + field.name() + "', or give it an example in the model.");
    }

    /** Returns the JSON of a specified value; JSON's null for none. */
    JsonNode told(Field field, Object told, int n) {
        Object value = numbered(told, n);
        if (value.equals(SymbolicValues.NONE)) {
            return NullNode.instance;
        }
        if (!field.many()) {
            return one(field, value);
        }
        ArrayNode items = Json.mapper().createArrayNode();
        for (Object item : value instanceof List<?> list ? list : List.of(value)) {
            items.add(one(field, item));
        }
        return items;
    }

    private static Object numbered(Object told, int n) {
        return told instanceof String text ? text.replace("{n}", Integer.toString(n)) : told;
    }

    private JsonNode one(Field field, Object value) {
        List<Field> parts = Landscape.fieldsOf(model, field.type());
        if (!parts.isEmpty()) {
            return all(parts, told(field, value), 1);
        }
        if (basic(field).equals("json") && !(value instanceof String)) {
            return Json.mapper().valueToTree(value);
        }
        if (!(value instanceof String text)) {
            throw new Unclear("'" + field.name() + "' is one " + field.type() + ", not " + value + ".");
        }
        return scalar(field, text);
    }

    private static Map<String, Object> told(Field field, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new Unclear("'" + field.name() + "' has fields of its own; tell them, not " + value + ".");
        }
        @SuppressWarnings("unchecked") // the reader creates only maps with text keys
        Map<String, Object> fields = (Map<String, Object>) map;
        return fields;
    }

    private String basic(Field field) {
        Type type = model.types().get(field.type());
        return type == null ? field.type() : type.base();
    }

    private JsonNode scalar(Field field, String text) {
        String base = basic(field);
        try {
            return base.equals("json")
                    ? Json.mapper().readTree(text)
                    : Json.mapper().valueToTree(SymbolicValues.value(base, text));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw new Unclear(
                    "'" + field.name() + "' is of the type " + field.type() + ", which '" + text + "' is not.");
        }
    }

    /** Returns the instant that a text stands for. */
    static Instant instant(String text) {
        try {
            return (Instant) SymbolicValues.value("instant", text);
        } catch (IllegalArgumentException e) {
            throw new Unclear("'" + text + "' is no time.");
        }
    }

    /** Returns whether an actual value matches the specified one; of values with fields, only the specified fields count. */
    boolean matches(Field field, Object told, JsonNode actual) {
        if (told instanceof String text && SymbolicValues.isAny(text)) {
            return !actual.isMissingNode() && !actual.isNull() && (!text.equals("any uuid") || isUuid(actual));
        }
        if (told.equals(SymbolicValues.NONE)) {
            return actual.isMissingNode() || actual.isNull();
        }
        List<Field> parts = Landscape.fieldsOf(model, field.type());
        if (field.many()) {
            List<?> items = told instanceof List<?> list ? list : List.of(told);
            boolean same = actual.isArray() && actual.size() == items.size();
            for (int i = 0; same && i < items.size(); i++) {
                same = parts.isEmpty()
                        ? same(one(field, items.get(i)), actual.get(i))
                        : mismatch(parts, told(field, items.get(i)), actual.get(i))
                                .isEmpty();
            }
            return same;
        }
        if (!parts.isEmpty()) {
            return mismatch(parts, told(field, told), actual).isEmpty();
        }
        return same(told(field, told, 1), actual);
    }

    /** Returns the first specified field with another value; empty if all fields match. */
    String mismatch(List<Field> fields, Map<String, Object> told, JsonNode actual) {
        for (Map.Entry<String, Object> one : told.entrySet()) {
            Field field = fields.stream()
                    .filter(candidate -> candidate.name().equals(one.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new Unclear("There is no field '" + one.getKey() + "'."));
            if (!matches(field, one.getValue(), actual.path(field.name()))) {
                return field.name();
            }
        }
        return "";
    }

    /** Compares numbers by value, regardless of their type and of their depth in the JSON. */
    static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (left, right) -> (left.isNumber() && right.isNumber())
                        ? left.decimalValue().compareTo(right.decimalValue())
                        : left.equals(right) ? 0 : 1,
                other);
    }

    private static boolean isUuid(JsonNode node) {
        try {
            return UUID.fromString(node.asText()).toString().equals(node.asText());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
