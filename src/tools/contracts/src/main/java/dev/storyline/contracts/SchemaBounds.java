package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.edge.FieldBounds;
import dev.storyline.edge.FieldBounds.Source;
import dev.storyline.kernel.Id;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Collection;

/**
 * Says in a schema the bounds that the endpoints check. JSON Schema has no words for the earliest and the latest time,
 * nor for the digits after the point: they stand as {@code min}, {@code max} and {@code decimals} under {@code
 * x-storyline}.
 */
final class SchemaBounds {
    static final String MIN = "min";
    static final String MAX = "max";
    static final String DECIMALS = "decimals";

    /** The form of an id. What else it must not contain is in docs/reference/http-api.md. */
    private static final String ID = "^[^\\s#@/\\\\?%]([^#@/\\\\?%]*[^\\s#@/\\\\?%])?$";

    private SchemaBounds() {}

    static void say(ObjectNode schema, Class<?> record, Source source) {
        for (RecordComponent component : record.getRecordComponents()) {
            if (schema.path("properties").path(component.getName()) instanceof ObjectNode property) {
                say(property, component.getGenericType(), FieldBounds.of(component, source), source);
            }
        }
    }

    private static void say(ObjectNode schema, Type generic, FieldBounds bounds, Source source) {
        Class<?> type = raw(generic);
        if (Id.class.isAssignableFrom(type)) {
            schema.put("pattern", ID);
        } else if (type.isRecord()) {
            say(schema, type, source);
        } else if (type == String.class) {
            text(schema, bounds);
        } else if (Collection.class.isAssignableFrom(type)) {
            schema.put("maxItems", bounds.length());
            if (generic instanceof ParameterizedType list && schema.path("items") instanceof ObjectNode items) {
                Type entry = list.getActualTypeArguments()[0];
                say(items, entry, FieldBounds.of(raw(entry), source), source);
            }
        } else if (bounds.min() instanceof BigDecimal min && bounds.max() instanceof BigDecimal max) {
            schema.put("minimum", min);
            schema.put("maximum", max);
            if (type == BigDecimal.class) {
                schema.putObject(Contract.STORYLINE).put(DECIMALS, bounds.decimals());
            }
        } else if (bounds.min() != null) {
            schema.putObject(Contract.STORYLINE)
                    .put(MIN, String.valueOf(bounds.min()))
                    .put(MAX, String.valueOf(bounds.max()));
        }
    }

    private static void text(ObjectNode schema, FieldBounds bounds) {
        if (bounds.oneOf().isEmpty()) {
            schema.put("maxLength", bounds.length());
            return;
        }
        ArrayNode words = schema.putArray("enum");
        bounds.oneOf().forEach(words::add);
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            words.addNull();
        }
    }

    private static Class<?> raw(Type generic) {
        return generic instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) generic;
    }
}
