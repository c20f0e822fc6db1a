package dev.storyline.edge;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.Id;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request into its record: each component from the path parameter of its name, else from the body (or the
 * query). Nothing is guessed: unknown and missing fields and wrong types are all named at once. A component annotated
 * {@link Nullable} may be missing.
 */
final class RequestReader<R extends Record> {
    private static final int DEEPEST = 32;

    /** As many as DynamoDB keeps of a number. */
    private static final int MOST_DIGITS = 38;

    private static final String A_TIME = "must be an instant like 2026-12-24T18:00:00Z";
    private static final ObjectMapper STRICT = strict();

    private final Class<R> type;
    private final Map<String, RecordComponent> components = new LinkedHashMap<>();

    RequestReader(Class<R> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component);
        }
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = Json.mapper().copy();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
        return mapper.setAnnotationIntrospector(AnnotationIntrospector.pair(
                        new Nullness(), mapper.getDeserializationConfig().getAnnotationIntrospector()))
                .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true);
    }

    /** Records inside the request are as strict as the request: what is not annotated {@link Nullable} must be there. */
    private static final class Nullness extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
            return member instanceof AnnotatedParameter parameter ? !mayBeMissing(parameter) : null;
        }

        @Override
        public JsonSetter.Value findSetterInfo(Annotated annotated) {
            return annotated instanceof AnnotatedParameter parameter && !mayBeMissing(parameter)
                    ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                    : JsonSetter.Value.empty();
        }

        private static boolean mayBeMissing(AnnotatedParameter parameter) {
            return parameter.getOwner().getMember() instanceof Executable maker
                    && maker.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(Nullable.class);
        }
    }

    /**
     * The body as a JSON object; an empty body is an empty object.
     *
     * @throws Problem if it is no JSON object
     */
    static ObjectNode body(byte[] content) {
        if (new String(content, StandardCharsets.UTF_8).isBlank()) {
            return STRICT.createObjectNode();
        }
        JsonNode node;
        try {
            node = STRICT.readTree(content);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw Problem.malformed("body", "", "is not valid JSON: " + firstLine(e) + where);
        } catch (IOException e) {
            throw Problem.malformed("body", "", "is not valid UTF-8 JSON");
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Problem.malformed("body", "", "must be a JSON object, like {\"wish\": \"a book\"}");
    }

    static ObjectNode query(Map<String, String> parameters) {
        return STRICT.valueToTree(parameters);
    }

    /**
     * The request's record.
     *
     * @param path the path's parameters
     * @param in what {@code fields} are: {@code body} or {@code query}
     * @throws Problem if any field is unknown, missing or of another type
     */
    R read(Map<String, String> path, String in, ObjectNode fields) {
        List<Problem.Flaw> flaws = new ArrayList<>();
        fields.fieldNames().forEachRemaining(name -> {
            if (!components.containsKey(name) || path.containsKey(name)) {
                flaws.add(new Problem.Flaw(in, shortened(name), "is not known" + known(path)));
            }
        });
        ObjectNode complete = STRICT.createObjectNode();
        for (RecordComponent component : components.values()) {
            String name = component.getName();
            boolean inPath = path.containsKey(name);
            JsonNode value = inPath ? STRICT.getNodeFactory().textNode(path.get(name)) : fields.get(name);
            if (value == null || value.isNull()) {
                if (!mayBeMissing(component)) {
                    flaws.add(new Problem.Flaw(in, name, "is missing"));
                }
                continue;
            }
            String flaw = flaw(component, value);
            if (flaw == null) {
                complete.set(name, value);
            } else {
                flaws.add(new Problem.Flaw(inPath ? "path" : in, name, flaw));
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

    private static @Nullable String flaw(RecordComponent component, JsonNode value) {
        JavaType type = STRICT.constructType(component.getGenericType());
        if (type.getRawClass() == Instant.class && !value.isTextual()) {
            return A_TIME;
        }
        if (hasEndlessNumber(value)) {
            return "must have " + MOST_DIGITS + " digits at most, before and after the point";
        }
        try {
            STRICT.readerFor(type).readValue(value);
            return null;
        } catch (UnrecognizedPropertyException e) {
            return "has an unknown field '" + shortened(e.getPropertyName()) + "'";
        } catch (JsonMappingException e) {
            return because(type.getRawClass(), value, e);
        } catch (IOException e) {
            return "cannot be read";
        }
    }

    /** A few characters like 1e-1000000000 would be gigabytes of digits in the first sum; no store holds them either. */
    private static boolean hasEndlessNumber(JsonNode value) {
        if (value.isContainerNode()) {
            return value.valueStream().anyMatch(RequestReader::hasEndlessNumber);
        }
        if (!value.isNumber()) {
            return false;
        }
        BigDecimal number = value.decimalValue();
        return Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS;
    }

    private static String because(Class<?> type, JsonNode value, JsonMappingException e) {
        if (type == String.class) {
            return "must be text";
        }
        if (type == Instant.class) {
            return A_TIME;
        }
        if (Id.class.isAssignableFrom(type)) {
            return value.isTextual() ? idFlaw(value.textValue()) : "must be text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a number of type " + type.getSimpleName();
        }
        return "cannot be read: " + firstLine(e);
    }

    private static String idFlaw(String text) {
        try {
            Id.check(text);
            return "is not an identifier of the right form";
        } catch (Id.InvalidId e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String known(Map<String, String> path) {
        String names = components.keySet().stream()
                .filter(name -> !path.containsKey(name))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "; no fields are expected" : "; known are: " + names;
    }

    private static String firstLine(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        return shortened(message.lines().findFirst().orElse("unexpected content"));
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "...";
    }

    /** SHA-256 of slice, path and content: the same for a retry whatever the order of its fields and its spaces. */
    static String hash(String slice, Map<String, String> path, ObjectNode body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String request = slice + "\n" + STRICT.writeValueAsString(new TreeMap<>(path)) + "\n"
                    + STRICT.writeValueAsString(sorted(body));
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(request.getBytes(StandardCharsets.UTF_8)), 16));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, Object> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields;
        }
        return node;
    }
}
