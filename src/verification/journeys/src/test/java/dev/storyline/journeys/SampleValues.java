package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.common.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Values that the rules of the businesses take, by the names of fields. Ids are new with each number. */
final class SampleValues {
    private final int number;
    private final Map<String, JsonNode> known = new HashMap<>();

    SampleValues(int number) {
        this.number = number;
        know("regionId", TextNode.valueOf("north"));
        know("currency", TextNode.valueOf("EUR"));
        know("timeZone", TextNode.valueOf("Europe/Vienna"));
        know("until", TextNode.valueOf("2100-01-01T00:00:00Z"));
        know("on", TextNode.valueOf(LocalDate.now(ZoneOffset.UTC).toString()));
        know("wish", TextNode.valueOf("a sled"));
    }

    int number() {
        return number;
    }

    /** The values of another entity. */
    SampleValues next() {
        return new SampleValues(number + 1);
    }

    /** The same values; an id that is tried out is the id of all requests. */
    SampleValues with(ReleasedOperation.Field field, JsonNode value) {
        SampleValues values = new SampleValues(number);
        values.known.putAll(known);
        if (field.isId()) {
            values.know(field.lastName(), value);
        }
        return values;
    }

    void know(String field, JsonNode value) {
        known.put(field, value);
    }

    /** A value for a field; of a record, its required fields. */
    JsonNode of(String field, JsonNode schema) {
        if (FieldExtremes.isId(schema)) {
            return known.getOrDefault(field, TextNode.valueOf("n" + number));
        }
        if (schema.path("properties").isObject()) {
            return object(schema);
        }
        if (schema.has("items")) {
            return Json.mapper().createArrayNode();
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        if (field.equals("at")) {
            return TextNode.valueOf(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        }
        JsonNode value = known.get(field);
        if (value != null) {
            return value;
        }
        return switch (format(schema)) {
            case "date-time" -> TextNode.valueOf("2027-03-01T07:00:00Z");
            case "date" -> TextNode.valueOf("2026-01-01");
            case "duration" -> TextNode.valueOf("PT1H");
            default -> isNumber(schema) ? IntNode.valueOf(1) : TextNode.valueOf("a text");
        };
    }

    /** The format of a text; contracts spell out that of durations. */
    static String format(JsonNode schema) {
        return schema.path("pattern").asText().startsWith("^P(")
                ? "duration"
                : schema.path("format").asText();
    }

    /** An object with the required fields of its schema. */
    ObjectNode object(JsonNode schema) {
        ObjectNode object = Json.mapper().createObjectNode();
        schema.path("required")
                .forEach(name -> object.set(
                        name.asText(),
                        of(name.asText(), schema.path("properties").path(name.asText()))));
        return object;
    }

    private static boolean isNumber(JsonNode schema) {
        return Stream.concat(Stream.of(schema.path("type")), schema.path("type").valueStream())
                .anyMatch(
                        type -> type.asText().equals("number") || type.asText().equals("integer"));
    }
}
