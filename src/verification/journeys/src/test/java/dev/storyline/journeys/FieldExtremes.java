package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.common.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The values at the bounds of a field, and one step beyond them, as its contract says the bounds.
 *
 * @param name the field
 * @param within the outermost values that it takes
 * @param beyond values that it does not take
 */
record FieldExtremes(String name, List<JsonNode> within, List<JsonNode> beyond) {
    private static final JsonNodeFactory JSON = Json.mapper().getNodeFactory();
    private static final String FACE = "\ud83d\ude00";

    /** Whether the schema is one of an id. */
    static boolean isId(JsonNode schema) {
        return schema.has("pattern");
    }

    /**
     * The extremes of a field with one value.
     *
     * @param inAddress whether the value is text in a path or a query
     * @throws AssertionError if the contract says no bounds
     */
    static FieldExtremes of(String name, JsonNode schema, boolean inAddress) {
        List<String> types = Stream.concat(
                        Stream.of(schema.path("type")), schema.path("type").valueStream())
                .map(JsonNode::asText)
                .toList();
        if (schema.has("enum")) {
            return new FieldExtremes(name, List.of(schema.path("enum").get(0)), texts("none", "", "open,open"));
        }
        if (isId(schema)) {
            return id(name, schema);
        }
        JsonNode own = schema.path("x-storyline");
        return switch (SampleValues.format(schema)) {
            case "date-time" -> {
                Instant max = Instant.parse(own.path("max").asText());
                yield new FieldExtremes(
                        name,
                        texts(own.path("min").asText(), own.path("max").asText()),
                        texts(
                                before(own),
                                max.plusNanos(1).toString(),
                                "+1000000000-12-31T23:59:59.999999999Z",
                                "1772348400000"));
            }
            case "date" ->
                new FieldExtremes(
                        name,
                        texts(own.path("min").asText(), own.path("max").asText()),
                        texts(
                                LocalDate.parse(own.path("min").asText())
                                        .minusDays(1)
                                        .toString(),
                                LocalDate.parse(own.path("max").asText())
                                        .plusDays(1)
                                        .toString(),
                                "+999999999-12-31",
                                "2026-01-01T00:00:00Z",
                                "1772348400"));
            case "duration" ->
                new FieldExtremes(
                        name,
                        texts(own.path("min").asText(), own.path("max").asText()),
                        texts(
                                Duration.parse(own.path("max").asText())
                                        .plusNanos(1)
                                        .toString(),
                                "-PT1S",
                                "3600"));
            case "uuid" -> new FieldExtremes(name, List.of(), texts("AAAAAAAAAAAAAAAAAAAAAA==", ""));
            default -> {
                if (types.contains("number") || types.contains("integer")) {
                    yield number(name, schema, types.contains("integer"), inAddress);
                }
                if (types.contains("string") && schema.has("maxLength")) {
                    yield text(name, schema.path("maxLength").asInt());
                }
                throw new AssertionError("The contract of '" + name + "' says no bounds: " + schema);
            }
        };
    }

    private static String before(JsonNode own) {
        Instant min = Instant.parse(own.path("min").asText());
        return min.minusNanos(1).toString();
    }

    /** All forms of ids are tried where requests are read; here one for each place. */
    private static FieldExtremes id(String name, JsonNode schema) {
        int longest = schema.path("maxLength").asInt();
        return new FieldExtremes(
                name,
                texts("\u4f60".repeat(longest)),
                texts("x".repeat(longest + 1), "", "a/b", "e\u0301", "a\u0000b"));
    }

    private static FieldExtremes text(String name, int longest) {
        return new FieldExtremes(
                name, texts(FACE.repeat(longest), "\t\r\n\""), texts(FACE.repeat(longest + 1), "a\u0000b", "\ud800"));
    }

    private static FieldExtremes number(String name, JsonNode schema, boolean whole, boolean inAddress) {
        BigDecimal min = schema.path("minimum").decimalValue();
        BigDecimal max = schema.path("maximum").decimalValue();
        int decimals = whole ? 0 : schema.path("x-storyline").path("decimals").asInt();
        BigDecimal step = BigDecimal.ONE.movePointLeft(decimals);
        List<JsonNode> within = new ArrayList<>();
        Stream.of(min, max, step).forEach(one -> within.add(numeric(one, whole, inAddress)));
        List<JsonNode> beyond = new ArrayList<>();
        Stream.of(min.subtract(BigDecimal.ONE), max.add(step), step.movePointLeft(1), new BigDecimal("1e400"))
                .forEach(one -> beyond.add(inAddress ? TextNode.valueOf(one.toString()) : DecimalNode.valueOf(one)));
        beyond.add(TextNode.valueOf("many"));
        return new FieldExtremes(name, within, beyond);
    }

    private static JsonNode numeric(BigDecimal number, boolean whole, boolean inAddress) {
        if (inAddress) {
            return TextNode.valueOf(number.toPlainString());
        }
        return whole ? LongNode.valueOf(number.longValueExact()) : DecimalNode.valueOf(number);
    }

    private static List<JsonNode> texts(String... texts) {
        return Stream.of(texts).<JsonNode>map(TextNode::valueOf).toList();
    }

    /** As many copies of an entry as a list takes, and one more. */
    static FieldExtremes list(String name, JsonNode schema, JsonNode entry) {
        int most = schema.path("maxItems").asInt();
        if (most == 0) {
            throw new AssertionError("The contract of the list '" + name + "' says no bound: " + schema);
        }
        ArrayNode full = JSON.arrayNode();
        for (int i = 0; i < most; i++) {
            full.add(entry);
        }
        return new FieldExtremes(
                name, List.of(JSON.arrayNode(), full), List.of(full.deepCopy().add(entry)));
    }
}
