package dev.storyline.model;

import java.util.List;
import java.util.Set;

/**
 * A named type of a context: an alias of a basic type, an enum, or a group of fields.
 *
 * @param name {@code WishId}
 * @param base the basic type; {@code text} for an enum; empty for a group of fields
 * @param values the words of an enum
 * @param fields the fields of a group
 * @param example an example value; empty if the model has none
 * @param about its description
 * @param place its location in the file
 */
public record Type(
        String name,
        String base,
        List<String> values,
        List<Field> fields,
        String example,
        String about,
        SourceLocation place) {
    /** The basic types. An instant is ISO 8601 in UTC, a decimal is exact. */
    public static final Set<String> BASIC =
            Set.of("text", "integer", "decimal", "boolean", "instant", "date", "duration", "uuid", "json");

    public Type {
        values = List.copyOf(values);
        fields = List.copyOf(fields);
    }
}
