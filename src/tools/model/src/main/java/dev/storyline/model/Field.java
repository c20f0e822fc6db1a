package dev.storyline.model;

import java.util.List;
import java.util.Map;

/**
 * One field of an element or of a type. Where none of {@code from}, {@code computed} and {@code generated} says where it
 * comes from, it comes from the field of the same name before it in the slice: of the command for an event, of the events
 * for a view; the field of a command that a person sends is that person's input.
 *
 * @param name {@code wishId}
 * @param type the name of a basic type ({@link Type#BASIC}) or of one in the model, which may also be a view; empty while nobody has said
 * @param many whether it is a list of these, written {@code list of WishId}
 * @param optional whether it may be missing, written {@code optional WishId}
 * @param identity whether it names the thing that the element is about
 * @param example a value that specifications use where they tell none; empty for the example of its type
 * @param generated what makes it, {@code clock} or {@code key of the request}, say; empty if nothing does
 * @param computed the fields that it is computed from
 * @param from the fields that it is copied from, one for each slice or event that needs another one
 * @param about what it means
 * @param waived why a rule of the check does not hold for it, by the rule's id
 * @param place where it stands
 */
public record Field(
        String name,
        String type,
        boolean many,
        boolean optional,
        boolean identity,
        String example,
        String generated,
        List<Ref> computed,
        List<Ref> from,
        String about,
        Map<String, String> waived,
        SourceLocation place) {
    static final String OPTIONAL = "optional ";
    static final String MANY = "list of ";

    public Field {
        computed = List.copyOf(computed);
        from = List.copyOf(from);
    }

    /** The type as it is written, {@code list of WishId}. */
    public String written() {
        return (optional ? OPTIONAL : "") + (many ? MANY : "") + type;
    }
}
