package dev.storyline.edge;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.storyline.kernel.Id;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with the value of one field, in words for the client. */
final class FieldCheck {
    /** The most digits that DynamoDB stores of a number. */
    private static final int MAX_DIGITS = 38;

    private static final String NOT_AN_INSTANT = "must be an instant like 2026-12-24T18:00:00Z";

    private FieldCheck() {}

    /** What is wrong with a value, to be read after the name of its field; null if nothing is. */
    static @Nullable String flaw(RecordComponent component, JsonNode value) {
        JavaType type = StrictJson.mapper().constructType(component.getGenericType());
        if (type.getRawClass() == Instant.class && !value.isTextual()) {
            return NOT_AN_INSTANT;
        }
        if (hasTooManyDigits(value)) {
            return "must have " + MAX_DIGITS + " digits at most, before and after the point";
        }
        try {
            StrictJson.mapper().readerFor(type).readValue(value);
            return null;
        } catch (UnrecognizedPropertyException e) {
            return "has an unknown field '" + StrictJson.shortened(e.getPropertyName()) + "'";
        } catch (JsonMappingException e) {
            return wrongType(type.getRawClass(), value, e);
        } catch (IOException e) {
            return "cannot be read";
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

    private static String wrongType(Class<?> type, JsonNode value, JsonMappingException e) {
        if (type == String.class) {
            return "must be text";
        }
        if (type == Instant.class) {
            return NOT_AN_INSTANT;
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
        return "cannot be read: " + StrictJson.firstLine(e);
    }

    private static String idFlaw(String text) {
        try {
            Id.check(text);
            return "is not an identifier of the right form";
        } catch (Id.InvalidId e) {
            return String.valueOf(e.getMessage());
        }
    }
}
