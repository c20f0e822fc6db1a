package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.eventstore.Json;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the symbolic values of specifications stand for: {@code tomorrow}, {@code now - 1 ms}, {@code any uuid}. */
final class Values {
    /** When specifications happen. */
    static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private static final String ANY = "any";
    private static final String NONE = "none";
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final Pattern NEAR_NOW = Pattern.compile("now\\s*([+-])\\s*(\\d{1,9})\\s*(ns|us|ms|s|min|h|d)");
    private static final Pattern REPEATED = Pattern.compile("(\\d{1,7}) x (.+)", Pattern.DOTALL);
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "min", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private final Model model;

    /** Values of the types of this model. */
    Values(Model model) {
        this.model = model;
    }

    /** A specification tells something that no value can be. */
    static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unclear(String message) {
            super(message);
        }
    }

    /** All these fields: what is told, and examples of the rest; what may be missing and is not told is left out. */
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

    /** An example of a field. */
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
            return TextNode.valueOf(NOW.toString());
        }
        throw new Unclear("Tell '" + field.name() + "', or give it an example in the model.");
    }

    /** What a told value stands for; JSON's null for none. */
    JsonNode told(Field field, Object told, int n) {
        Object value = numbered(told, n);
        if (value.equals(NONE)) {
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
        @SuppressWarnings("unchecked") // the reader makes maps by text only
        Map<String, Object> fields = (Map<String, Object>) map;
        return fields;
    }

    private String basic(Field field) {
        Type type = model.types().get(field.type());
        return type == null ? field.type() : type.base();
    }

    private JsonNode scalar(Field field, String text) {
        try {
            return switch (basic(field)) {
                case "integer" -> LongNode.valueOf(Long.parseLong(text));
                case "decimal" -> DecimalNode.valueOf(new BigDecimal(text));
                case "boolean" -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new Unclear("'" + field.name() + "' is true or false, not '" + text + "'.");
                    }
                    yield BooleanNode.valueOf(text.equals("true"));
                }
                case "instant" -> TextNode.valueOf(instant(text).toString());
                case "json" -> Json.mapper().readTree(text);
                default -> TextNode.valueOf(repeated(text));
            };
        } catch (NumberFormatException | DateTimeException | JsonProcessingException e) {
            throw new Unclear(
                    "'" + field.name() + "' is of the type " + field.type() + ", which '" + text + "' is not.");
        }
    }

    /** The instant that a text stands for. */
    static Instant instant(String text) {
        Matcher near = NEAR_NOW.matcher(text);
        if (near.matches()) {
            ChronoUnit unit = UNITS.getOrDefault(near.group(3), ChronoUnit.SECONDS);
            Duration distance = Duration.of(Long.parseLong(near.group(2)), unit);
            return near.group(1).equals("+") ? NOW.plus(distance) : NOW.minus(distance);
        }
        return switch (text) {
            case "now" -> NOW;
            case "tomorrow" -> NOW.plus(Duration.ofDays(1));
            case "yesterday" -> NOW.minus(Duration.ofDays(1));
            default -> Instant.parse(text);
        };
    }

    private static String repeated(String text) {
        Matcher repeated = REPEATED.matcher(text);
        if (!repeated.matches()) {
            return text;
        }
        int times = Integer.parseInt(repeated.group(1));
        if ((long) times * repeated.group(2).length() > MOST_CHARACTERS) {
            throw new Unclear("A value has at most " + MOST_CHARACTERS + " characters, which '" + text + "' exceeds.");
        }
        return repeated.group(2).repeat(times);
    }

    /** Whether what came is what was told; of things with fields only the told ones count. */
    boolean matches(Field field, Object told, JsonNode actual) {
        if (told instanceof String text && (text.equals(ANY) || text.startsWith(ANY + " "))) {
            return !actual.isMissingNode() && !actual.isNull() && (!text.equals("any uuid") || isUuid(actual));
        }
        if (told.equals(NONE)) {
            return actual.isMissingNode() || actual.isNull();
        }
        List<Field> parts = Landscape.fieldsOf(model, field.type());
        if (field.many()) {
            List<?> items = told instanceof List<?> list ? list : List.of(told);
            boolean same = actual.isArray() && actual.size() == items.size();
            for (int i = 0; same && i < items.size(); i++) {
                same = parts.isEmpty()
                        ? one(field, items.get(i)).equals(actual.get(i))
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

    /** The first told field that came otherwise; empty if all came as told. */
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

    /** Numbers are compared by value, whatever their width. */
    static boolean same(JsonNode one, JsonNode other) {
        return (one.isNumber() && other.isNumber())
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    private static boolean isUuid(JsonNode node) {
        try {
            return UUID.fromString(node.asText()).toString().equals(node.asText());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
