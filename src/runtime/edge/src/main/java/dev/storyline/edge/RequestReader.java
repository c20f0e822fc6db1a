package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request into its record: each component from the path parameter of its name, else from the body or the query
 * string. A request with unknown or missing fields or wrong types is refused, and all its flaws are named at once. A
 * component annotated {@link Nullable} may be missing.
 */
final class RequestReader<R extends Record> {
    private final Class<R> type;
    private final Map<String, RecordComponent> components = new LinkedHashMap<>();

    RequestReader(Class<R> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component);
        }
    }

    /**
     * The request's record.
     *
     * @param path the parameters of the path
     * @param in where the fields are from: {@code body} or {@code query}
     * @throws Problem if any field is unknown, missing or of another type
     */
    R read(Map<String, String> path, String in, ObjectNode fields) {
        return read(path, in, fields, List.of());
    }

    /**
     * The request's record.
     *
     * @param others what was known beside the fields, and is told to those who sent an unknown one
     * @throws Problem if any field is unknown, missing or of another type
     */
    R read(Map<String, String> path, String in, ObjectNode fields, List<String> others) {
        List<Problem.Flaw> flaws = new ArrayList<>();
        fields.fieldNames().forEachRemaining(name -> {
            if (!components.containsKey(name) || path.containsKey(name)) {
                flaws.add(new Problem.Flaw(in, StrictJson.shortened(name), "is not known" + known(path, others)));
            }
        });
        ObjectNode complete = StrictJson.mapper().createObjectNode();
        for (RecordComponent component : components.values()) {
            String name = component.getName();
            boolean inPath = path.containsKey(name);
            JsonNode value = inPath ? complete.textNode(path.get(name)) : fields.get(name);
            if (value == null || value.isNull()) {
                if (!mayBeMissing(component)) {
                    flaws.add(new Problem.Flaw(in, name, "is missing"));
                }
                continue;
            }
            FieldCheck.FieldFlaw flaw = FieldCheck.flaw(component, value);
            if (flaw == null) {
                complete.set(name, value);
            } else {
                flaws.add(new Problem.Flaw(inPath ? "path" : in, flaw.field(), flaw.problem()));
            }
        }
        if (!flaws.isEmpty()) {
            throw Problem.malformed(flaws);
        }
        return Json.mapper().convertValue(complete, type);
    }

    /** Whether a component is annotated {@link Nullable}. */
    static boolean mayBeMissing(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Whether the request has a field. */
    boolean reads(String field) {
        return components.containsKey(field);
    }

    private String known(Map<String, String> path, List<String> others) {
        String names = Stream.concat(
                        components.keySet().stream().filter(name -> !path.containsKey(name)), others.stream())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "; no fields are expected" : "; known are: " + names;
    }
}
