package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.storyline.common.Json;
import dev.storyline.edge.FieldBounds.Source;
import dev.storyline.kernel.Id;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Generates JSON Schemas (2020-12) of records in the form that {@link Json} reads and writes. A component is required
 * unless it is {@link Nullable}; then it may be missing or null. Nested records are inlined; recursive records have no
 * schema.
 */
final class Schemas {
    /**
     * A duration of ISO 8601 in days, hours, minutes and seconds. The format {@code duration} of JSON Schema has neither
     * fractions of a second nor {@code PT1H5S}, which {@link Json} writes.
     */
    static final String DURATION =
            "^P(?=.)(-?\\d{1,9}D)?(T(?=.)(-?\\d{1,9}H)?(-?\\d{1,9}M)?(-?\\d{1,9}(\\.\\d{1,9})?S)?)?$";

    private static final Set<Class<?>> BUILT_IN =
            Set.of(String.class, boolean.class, Boolean.class, int.class, Integer.class, long.class, Long.class);

    private final SchemaGenerator generator;
    private final @Nullable Source source;

    private Schemas(boolean open, @Nullable Source source) {
        this.source = source;
        var builder = new SchemaGeneratorConfigBuilder(
                        Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.INLINE_ALL_SCHEMAS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        if (!open) {
            builder.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        }
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider((type, context) -> {
                    ObjectNode plain = plain(type.getErasedType());
                    return plain == null
                            ? null
                            : new CustomDefinition(
                                    plain,
                                    CustomDefinition.DefinitionType.INLINE,
                                    CustomDefinition.AttributeInclusion.YES);
                })
                .withPropertySorter(Comparator.comparingInt(Schemas::position));
        builder.forFields().withRequiredCheck(field -> !mayBeMissing(field)).withNullableCheck(Schemas::mayBeMissing);
        generator = new SchemaGenerator(builder.build());
    }

    /** Creates a generator whose schemas allow or forbid unknown properties. */
    static Schemas allowingMore(boolean open) {
        return new Schemas(open, null);
    }

    /** Creates a generator whose schemas also say the bounds of values from this source. */
    static Schemas bounded(boolean open, Source source) {
        return new Schemas(open, source);
    }

    /**
     * Returns the schema of a type.
     *
     * @throws ContractException if a component has a type that has no schema here
     */
    ObjectNode of(Type type) {
        try {
            ObjectNode schema = generator.generateSchema(type);
            if (source != null && type instanceof Class<?> record && record.isRecord()) {
                SchemaBounds.say(schema, record, source);
            }
            return schema;
        } catch (ContractException e) {
            throw new ContractException(type.getTypeName() + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ContractException(
                    "There is no contract of " + type.getTypeName() + ", because the type contains itself.", e);
        }
    }

    private static boolean mayBeMissing(FieldScope field) {
        // For an item of a list, the generator gives the list's field as the member. The item itself is no component.
        return !field.isFakeContainerItemScope()
                && field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static int position(MemberScope<?, ?> member) {
        RecordComponent[] components = member.getDeclaringType().getErasedType().getRecordComponents();
        if (components != null) {
            for (int i = 0; i < components.length; i++) {
                if (components[i].getName().equals(member.getName())) {
                    return i;
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Returns the schema of a type that is one JSON value; null if the generator knows the type. */
    private static @Nullable ObjectNode plain(Class<?> type) {
        ObjectNode schema = Json.mapper().createObjectNode();
        if (Id.class.isAssignableFrom(type)) {
            return schema.put("type", "string").put("minLength", 1).put("maxLength", Id.MAX_LENGTH);
        }
        if (JsonNode.class.isAssignableFrom(type)) {
            return schema;
        }
        if (type == BigDecimal.class) {
            return schema.put("type", "number");
        }
        if (type == Duration.class) {
            return schema.put("type", "string").put("pattern", DURATION);
        }
        for (Formatted formatted : FORMATTED) {
            if (type == formatted.type()) {
                return schema.put("type", "string").put("format", formatted.format());
            }
        }
        if (type.isRecord() || type.isEnum() || BUILT_IN.contains(type) || Collection.class.isAssignableFrom(type)) {
            return null;
        }
        throw new ContractException("There is no contract of the type " + type.getName()
                + ": use a record, an enum, an id, text, a number, a boolean, a time, JSON, or a list of these.");
    }

    private record Formatted(Class<?> type, String format) {}

    private static final List<Formatted> FORMATTED = List.of(
            new Formatted(Instant.class, "date-time"),
            new Formatted(LocalDate.class, "date"),
            new Formatted(UUID.class, "uuid"));
}
