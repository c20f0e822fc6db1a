package dev.storyline.model;

import java.util.List;
import java.util.Set;

/**
 * A type that a context gives a name: another word for a basic one, one of some words, or fields that belong together.
 *
 * @param name {@code WishId}
 * @param base the basic type that it is; {@code text} for one of some words; empty for fields that belong together
 * @param values the words, if it is one of some words
 * @param fields the fields, if it is fields that belong together
 * @param example a value of it; empty if the model tells none
 * @param about what it means
 * @param place where it stands
 */
public record Type(
        String name,
        String base,
        List<String> values,
        List<Field> fields,
        String example,
        String about,
        SourceLocation place) {
    /** The types that need no definition. An instant is ISO 8601 in UTC, a decimal is exact. */
    public static final Set<String> BASIC =
            Set.of("text", "integer", "decimal", "boolean", "instant", "date", "duration", "uuid", "json");

    public Type {
        values = List.copyOf(values);
        fields = List.copyOf(fields);
    }
}
