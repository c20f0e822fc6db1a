package dev.storyline.model;

import java.util.List;
import java.util.Set;

/**
 * A named type of a context: an alias of a basic type, an enum, or a group of fields.
 *
 * @param name {@code WishId}
 * @param is the basic type, as far as the file tells it: see {@link #base}
 * @param values the words of an enum
 * @param example an example value; empty if the model has none
 * @param about its description
 * @param fields the fields of a group
 * @param notes remarks about it
 * @param place its location in the file
 */
@Part(
        value = "The type {}",
        says = "Another word for a basic type, one of some words, or fields that belong together.",
        alone = {"is", "one-of"})
public record Type(
        String name,

        @Key(says = "The basic type that it gives a name.", to = Key.Target.BASIC_TYPE)
        String is,

        @Key(value = "one-of", says = "The words that it may be.")
        List<String> values,

        @Key(says = "The value in specifications that tell none.")
        String example,

        @Key(says = "What it means, one sentence.") String about,
        @Key(says = "The fields that belong together.") List<Field> fields,
        @Key(says = "Remarks of people.", remark = true) Notes notes,
        SourceLocation place) {
    /** The basic types. An instant is ISO 8601 in UTC, a decimal is exact. */
    public static final Set<String> BASIC =
            Set.of("text", "integer", "decimal", "boolean", "instant", "date", "duration", "uuid", "json");

    public Type {
        values = List.copyOf(values);
        fields = List.copyOf(fields);
    }

    /** Returns the basic type; {@code text} for an enum; empty for a group of fields. */
    public String base() {
        return is.isEmpty() && fields.isEmpty() ? "text" : is;
    }
}
