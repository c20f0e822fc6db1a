package dev.storyline.edge;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.lang.reflect.Executable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON as requests must have it: no unknown or doubled fields, no trailing text, nested 32 levels at most, and a value
 * for each component of a record that is not annotated {@link Nullable}.
 */
final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final int LONGEST_TEXT = 120;
    private static final Pattern OF_THE_CODE = Pattern.compile(", from `[^`]*`| \\((?:start marker at|bound as) .*");
    private static final ObjectMapper MAPPER = create();

    private StrictJson() {}

    static ObjectMapper mapper() {
        return MAPPER;
    }

    private static ObjectMapper create() {
        ObjectMapper mapper = Json.mapper().copy();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return mapper.setAnnotationIntrospector(AnnotationIntrospector.pair(
                        new Nullness(), mapper.getDeserializationConfig().getAnnotationIntrospector()))
                .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true);
    }

    /**
     * Records inside a request are as strict as the request: a component without {@link Nullable} must have a value.
     */
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
     * @throws Problem if it is not a JSON object
     */
    static ObjectNode body(byte[] content) {
        String text = text(content);
        if (text.isBlank()) {
            return MAPPER.createObjectNode();
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw Problem.malformed("body", "", "is not valid JSON: " + firstLine(e) + where);
        } catch (ArithmeticException | NumberFormatException e) {
            throw Problem.malformed("body", "", "is not valid JSON: it has a number that nothing can hold");
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Problem.malformed("body", "", "must be a JSON object, like {\"wish\": \"a book\"}");
    }

    /** Decodes UTF-8, which is the only encoding of JSON between systems. */
    private static String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.malformed("body", "", "is not valid UTF-8");
        }
    }

    /** The words of an enum, as JSON has them. */
    static List<String> words(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(word -> MAPPER.convertValue(word, String.class))
                .toList();
    }

    /** The parameters of a query string as a JSON object. */
    static ObjectNode query(Map<String, String> parameters) {
        return MAPPER.valueToTree(parameters);
    }

    /** The first line of Jackson's message, without locations and settings of its code, at most 120 characters. */
    static String firstLine(JsonProcessingException e) {
        String line = e.getOriginalMessage().lines().findFirst().orElse("unexpected content");
        return shortened(OF_THE_CODE.matcher(line).replaceAll(""));
    }

    /** At most 120 characters of a text that a client sent, with '?' for what no answer can show. */
    static String shortened(String text) {
        String start = text.codePoints()
                .limit(LONGEST_TEXT)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT ? start : start + "...";
    }
}
