package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.storyline.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A route as the contracts of its context describe it.
 *
 * @param id the name of its slice
 * @param method {@code POST} or {@code GET}
 * @param path the path, with its parameters in braces
 * @param parameters the parameters of path and query, as OpenAPI describes them
 * @param schema the schema of the body; of a query, an empty object
 */
record ReleasedOperation(String id, String method, String path, List<JsonNode> parameters, JsonNode schema) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * A field of a request or an event.
     *
     * @param in {@code path}, {@code query} or {@code body}
     * @param names the names on the way to it; {@code []} for the entry of a list
     */
    record Field(String in, List<String> names, JsonNode schema) {
        String name() {
            return String.join(".", names).replace(".[]", "[]");
        }

        String lastName() {
            return names.getLast();
        }

        boolean isId() {
            return FieldExtremes.isId(schema);
        }

        FieldExtremes extremes(SampleValues samples) {
            return schema.has("items")
                    ? FieldExtremes.list(name(), schema, samples.of("", schema.path("items")))
                    : FieldExtremes.of(name(), schema, !in.equals("body"));
        }
    }

    /**
     * A public event, for those who translate it.
     *
     * @param type {@code wishes.WishApproved.v1}
     * @param consumers the names of the slices
     */
    record PublicEvent(String type, List<String> consumers, JsonNode schema) {
        List<Field> fields() {
            return fieldsOf(schema, List.of());
        }

        /** The event with a value in a field; null to leave the field out. */
        ObjectNode data(SampleValues values, Field field, @Nullable JsonNode value) {
            ObjectNode data = values.object(schema);
            if (value == null) {
                data.remove(field.names().getFirst());
            } else {
                put(data, schema, field.names(), values, value);
            }
            return data;
        }
    }

    /** The routes of all contexts. */
    static List<ReleasedOperation> all(Path root) {
        List<ReleasedOperation> all = new ArrayList<>();
        for (Path folder : contracts(root)) {
            read(folder.resolve("openapi.yaml"))
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(method -> all.add(of(
                                    folder,
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()))));
        }
        return all;
    }

    private static ReleasedOperation of(Path folder, String method, String path, JsonNode described) {
        String body = described
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema")
                .path("$ref")
                .asText();
        return new ReleasedOperation(
                described.path("operationId").asText(),
                method,
                path,
                described
                        .path("parameters")
                        .valueStream()
                        .filter(parameter -> parameter.path("in").asText().matches("path|query"))
                        .toList(),
                body.isEmpty() ? Json.mapper().createObjectNode() : read(folder.resolve(body)));
    }

    /** The public events that somebody translates. */
    static List<PublicEvent> publicEvents(Path root) {
        List<PublicEvent> events = new ArrayList<>();
        for (Path folder : contracts(root)) {
            if (Files.isDirectory(folder.resolve("public-events"))) {
                for (Path file : files(folder.resolve("public-events"))) {
                    JsonNode contract = read(file);
                    String name = file.getFileName().toString().replace(".json", "");
                    events.add(new PublicEvent(
                            folder.resolveSibling("").getFileName() + "." + name,
                            contract.path("x-storyline")
                                    .path("consumers")
                                    .valueStream()
                                    .map(slice -> slice.asText()
                                            .substring(slice.asText().indexOf('/') + 1))
                                    .toList(),
                            contract));
                }
            }
        }
        return events;
    }

    private static List<Path> contracts(Path root) {
        return files(root.resolve("src/contexts")).stream()
                .map(context -> context.resolve("contracts"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return file.toString().endsWith(".yaml")
                    ? YAML.readTree(Files.readString(file))
                    : Json.mapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isCommand() {
        return method.equals("POST");
    }

    /**
     * All fields with a value of their own, and all lists. A cursor has no extremes: each belongs to its query. The name of a
     * stream has a form of its own.
     */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>(fieldsOf(schema, List.of()));
        for (JsonNode parameter : parameters) {
            String name = parameter.path("name").asText();
            if (!Set.of("after", "streamId").contains(name)) {
                fields.add(new Field(parameter.path("in").asText(), List.of(name), parameter.path("schema")));
            }
        }
        return fields;
    }

    private static List<Field> fieldsOf(JsonNode schema, List<String> names) {
        List<Field> fields = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            List<String> inside = new ArrayList<>(names);
            inside.add(property.getKey());
            fields.addAll(fieldOf(property.getValue(), inside));
        });
        return fields;
    }

    private static List<Field> fieldOf(JsonNode schema, List<String> names) {
        if (schema.path("properties").isObject()) {
            return fieldsOf(schema, names);
        }
        if (isFree(schema)) {
            return List.of();
        }
        List<Field> fields = new ArrayList<>(List.of(new Field("body", names, schema)));
        if (schema.has("items")) {
            List<String> entry = new ArrayList<>(names);
            entry.add("[]");
            fields.addAll(fieldOf(schema.path("items"), entry));
        }
        return fields;
    }

    /** A truth value has no extremes, and JSON of any form has no schema. */
    private static boolean isFree(JsonNode schema) {
        return schema.path("type").isMissingNode()
                || schema.path("type").toString().contains("boolean");
    }

    /** The path and query of a request. */
    String target(SampleValues values, @Nullable Field field, JsonNode value) {
        String target = path;
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : parameters) {
            String name = parameter.path("name").asText();
            boolean isTried = field != null
                    && !field.in().equals("body")
                    && field.lastName().equals(name);
            JsonNode its = isTried ? value : values.of(name, parameter.path("schema"));
            if (parameter.path("in").asText().equals("path")) {
                target = target.replace("{" + name + "}", encoded(its.asText()));
            } else if (isTried || parameter.path("required").asBoolean()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(its.asText()));
            }
        }
        return target + query;
    }

    /** Encodes all but letters and digits. Half a surrogate pair has the bytes that a careless encoder gives it. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 0x80 && Character.isLetterOrDigit(c)) {
                encoded.appendCodePoint(c);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                encoded.append("%ED%A0%80");
            } else {
                for (byte one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append(String.format(Locale.ROOT, "%%%02X", one));
                }
            }
        });
        return encoded.toString();
    }

    /** The body of a request. */
    ObjectNode body(SampleValues values, @Nullable Field field, JsonNode value) {
        ObjectNode body = values.object(schema);
        if (field != null && field.in().equals("body")) {
            put(body, schema, field.names(), values, value);
        }
        return body;
    }

    /** Puts a value into a field, with all that stands around it. */
    private static void put(ObjectNode into, JsonNode schema, List<String> names, SampleValues values, JsonNode value) {
        String name = names.getFirst();
        JsonNode inner = schema.path("properties").path(name);
        List<String> rest = names.subList(1, names.size());
        if (rest.isEmpty()) {
            into.set(name, value);
        } else if (rest.getFirst().equals("[]")) {
            ArrayNode list = into.putArray(name);
            if (rest.size() == 1) {
                list.add(value);
            } else {
                ObjectNode entry = values.object(inner.path("items"));
                put(entry, inner.path("items"), rest.subList(1, rest.size()), values, value);
                list.add(entry);
            }
        } else {
            ObjectNode object = values.object(inner);
            put(object, inner, rest, values, value);
            into.set(name, object);
        }
    }
}
