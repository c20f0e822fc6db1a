package dev.storyline.edge;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.storyline.kernel.Id;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with the value of one field, in words for the client: fields by name, never types of the code. */
final class FieldCheck {
    /** The most digits that DynamoDB stores of a number. */
    private static final int MAX_DIGITS = 38;

    private static final String NOT_AN_INSTANT = "must be an instant like 2026-12-24T18:00:00Z";
    private static final String NOT_TEXT = "must be text";
    private static final String UNREADABLE = "cannot be read";

    private static final Map<Class<?>, String> KINDS = Map.of(
            String.class, NOT_TEXT,
            Instant.class, NOT_AN_INSTANT,
            LocalDate.class, "must be a day like 2026-12-24",
            Duration.class, "must be a duration like PT1H30M",
            boolean.class, "must be true or false",
            Boolean.class, "must be true or false");

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

    private FieldCheck() {}

    /**
     * What is wrong with a value.
     *
     * @param field the path of the flaw from the request on: {@code lines[0].amount}
     * @param problem to be read after the field
     */
    record FieldFlaw(String field, String problem) {}

    /** What is wrong with a value; null if nothing is. */
    static @Nullable FieldFlaw flaw(RecordComponent component, JsonNode value) {
        String name = component.getName();
        JavaType type = StrictJson.mapper().constructType(component.getGenericType());
        if (type.getRawClass() == Instant.class && !value.isTextual()) {
            return new FieldFlaw(name, NOT_AN_INSTANT);
        }
        if (hasTooManyDigits(value)) {
            return new FieldFlaw(name, "must have " + MAX_DIGITS + " digits at most, before and after the point");
        }
        try {
            StrictJson.mapper().readerFor(type).readValue(value);
            return null;
        } catch (UnrecognizedPropertyException e) {
            Collection<Object> known = e.getKnownPropertyIds();
            return new FieldFlaw(
                    name + path(e.getPath()),
                    "is not known"
                            + (known == null
                                    ? ""
                                    : "; known are: "
                                            + known.stream()
                                                    .map(String::valueOf)
                                                    .collect(Collectors.joining(", "))));
        } catch (JsonMappingException e) {
            return new FieldFlaw(name + path(e.getPath()), problem(e, type.getRawClass(), at(value, e.getPath())));
        } catch (IOException e) {
            return new FieldFlaw(name, wrongKind(type.getRawClass()));
        }
    }

    /**
     * A few characters like 1e-1000000000 would become gigabytes of digits in the first sum. No store holds them
     * either.
     */
    private static boolean hasTooManyDigits(JsonNode value) {
        if (value.isContainerNode()) {
            return value.valueStream().anyMatch(FieldCheck::hasTooManyDigits);
        }
        if (!value.isNumber()) {
            return false;
        }
        BigDecimal number = value.decimalValue();
        return Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS;
    }

    /** {@code [0].amount}, empty for the field itself. */
    private static String path(List<JsonMappingException.Reference> path) {
        return path.stream()
                .map(step -> step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + StrictJson.shortened(step.getFieldName()))
                .collect(Collectors.joining());
    }

    private static @Nullable JsonNode at(JsonNode value, List<JsonMappingException.Reference> path) {
        JsonNode at = value;
        for (JsonMappingException.Reference step : path) {
            at = at == null
                    ? null
                    : step.getFieldName() == null ? at.get(step.getIndex()) : at.get(step.getFieldName());
        }
        return at;
    }

    private static String problem(JsonMappingException e, Class<?> asked, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "is missing";
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Id.InvalidId) {
                return String.valueOf(cause.getMessage());
            }
        }
        return wrongKind(
                e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                        ? mismatch.getTargetType()
                        : asked);
    }

    private static String wrongKind(Class<?> type) {
        if (KINDS.containsKey(type)) {
            return KINDS.getOrDefault(type, UNREADABLE);
        }
        if (WHOLE.contains(type)) {
            return "must be a whole number" + (type == int.class || type == Integer.class ? " below 2147483648" : "");
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a number";
        }
        if (Id.class.isAssignableFrom(type)) {
            return NOT_TEXT;
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return type.isRecord() ? "must be an object" : UNREADABLE;
    }
}
