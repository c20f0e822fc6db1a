package dev.storyline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What a context promises to others, {@code src/contexts/<context>/contracts/<Event>.v<n>.json}: a public event has the
 * fields that its contract requires, no others, and of the types it names.
 */
public final class Contract {
    private final String context;
    private final Path folder;

    private Contract(String context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    /** The contracts of a context of this repository. */
    public static Contract of(String context) {
        return in(Repository.root(), context);
    }

    static Contract in(Path root, String context) {
        return new Contract(context, root.resolve("src/contexts/" + context + "/contracts"));
    }

    /**
     * How a public event breaks its contract, one sentence for each way; empty where it is kept.
     *
     * @param event its stored name
     * @param version its schema version
     * @param data its fields
     * @throws AssertionError if there is no contract
     */
    public List<String> flaws(String event, int version, JsonNode data) {
        String name = event + ".v" + version + ".json";
        JsonNode contract = read(folder.resolve(name));
        List<String> flaws = new ArrayList<>();
        if (!contract.path("$id").asText().equals("urn:storyline:contract:" + context + "/" + name)) {
            flaws.add("its $id is not urn:storyline:contract:" + context + "/" + name);
        }
        if (!contract.path("x-owner").asText().equals(context)) {
            flaws.add("its x-owner is not " + context);
        }
        Set<String> fields = new TreeSet<>();
        data.fieldNames().forEachRemaining(fields::add);
        Set<String> required = new TreeSet<>();
        contract.path("required").forEach(field -> required.add(field.asText()));
        if (!fields.equals(required)) {
            flaws.add("it requires " + required + ", the event has " + fields);
        }
        data.properties().forEach(field -> {
            JsonNode property = contract.path("properties").path(field.getKey());
            if (!isOf(property, field.getValue())) {
                flaws.add(field.getKey() + " is promised as " + property + ", not as " + field.getValue());
            }
        });
        return flaws.stream()
                .map(flaw -> "The contract " + folder.resolve(name) + " is not kept: " + flaw)
                .toList();
    }

    private static boolean isOf(JsonNode property, JsonNode value) {
        return switch (property.path("type").asText()) {
            case "string" ->
                value.isTextual()
                        && value.textValue().length()
                                >= property.path("minLength").asInt(0)
                        && value.textValue().length()
                                <= property.path("maxLength").asInt(Integer.MAX_VALUE)
                        && (!property.path("format").asText().equals("date-time") || isInstant(value.textValue()));
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray() && all(value, item -> isOf(property.path("items"), item));
            case "object" ->
                value.isObject()
                        && all(
                                property.path("required"),
                                name -> isOf(
                                        property.path("properties").path(name.asText()), value.path(name.asText())))
                        && value.size() == property.path("required").size();
            default -> false;
        };
    }

    private static boolean all(JsonNode items, Predicate<JsonNode> condition) {
        return StreamSupport.stream(items.spliterator(), false).allMatch(condition);
    }

    private static boolean isInstant(String text) {
        try {
            return Instant.parse(text).toString().equals(text);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static JsonNode read(Path file) {
        if (!Files.exists(file)) {
            throw new AssertionError("The contract " + file + " is missing");
        }
        try {
            return Json.mapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
