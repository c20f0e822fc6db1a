package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.edge.FieldBounds.Source;
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
 * string. A request with unknown or missing fields, wrong types, or values out of their bounds is refused, and its flaws
 * are named at once, 100 at most. A component annotated {@link Nullable} may be missing.
 */
final class RequestReader<R extends Record> {
    /** So many that an answer about the worst request stays small. */
    private static final int MOST_FLAWS = 100;

    private final Class<R> type;
    private final Map<String, FieldCheck> inBody = new LinkedHashMap<>();
    private final Map<String, FieldCheck> inAddress = new LinkedHashMap<>();

    RequestReader(Class<R> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            inBody.put(component.getName(), FieldCheck.of(component, Source.BODY, false));
            inAddress.put(component.getName(), FieldCheck.of(component, Source.ADDRESS, false));
        }
    }

    /** Whether the request has a field of this name. */
    boolean reads(String field) {
        return inBody.containsKey(field);
    }

    /**
     * The request's record.
     *
     * @param path the parameters of the path
     * @param in where the fields are from: {@code body} or {@code query}
     * @throws Problem if any field is unknown, missing, of another type or out of its bounds
     */
    R read(Map<String, String> path, String in, ObjectNode fields) {
        return read(path, in, fields, List.of());
    }

    /**
     * The request's record.
     *
     * @param others what was known beside the fields, and is told to those who sent an unknown one
     * @throws Problem if any field is unknown, missing, of another type or out of its bounds
     */
    R read(Map<String, String> path, String in, ObjectNode fields, List<String> others) {
        List<Problem.Flaw> flaws = new ArrayList<>();
        fields.fieldNames().forEachRemaining(name -> {
            if (!reads(name) || path.containsKey(name)) {
                tell(flaws, in, StrictJson.shortened(name), "is not known" + known(path, others));
            }
        });
        ObjectNode complete = StrictJson.mapper().createObjectNode();
        inBody.forEach((name, bodyCheck) -> {
            boolean inPath = path.containsKey(name);
            String place = inPath ? "path" : in;
            FieldCheck check = place.equals("body") ? bodyCheck : inAddress.get(name);
            JsonNode value = inPath ? complete.textNode(path.get(name)) : fields.get(name);
            if (check == null || value == null || value.isNull()) {
                if (!bodyCheck.mayBeMissing()) {
                    tell(flaws, in, name, "is missing");
                }
                return;
            }
            JsonNode entering = place.equals("body") ? value : check.spelled(value.asText());
            complete.set(name, entering);
            check.check(name, entering, (field, flaw) -> tell(flaws, place, field, flaw));
        });
        if (!flaws.isEmpty()) {
            throw Problem.malformed(flaws);
        }
        try {
            return Json.mapper().convertValue(complete, type);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(in, "", "has fields that do not go together");
        }
    }

    private static void tell(List<Problem.Flaw> flaws, String in, String field, String problem) {
        if (flaws.size() < MOST_FLAWS) {
            flaws.add(new Problem.Flaw(in, field, problem));
        }
    }

    /** Whether a component is annotated {@link Nullable}. */
    static boolean mayBeMissing(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private String known(Map<String, String> path, List<String> others) {
        String names = Stream.concat(inBody.keySet().stream().filter(name -> !path.containsKey(name)), others.stream())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "; no fields are expected" : "; known are: " + names;
    }
}
