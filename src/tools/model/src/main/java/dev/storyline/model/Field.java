package dev.storyline.model;

import java.util.List;
import java.util.Map;

/**
 * One field of an element or of a type. Without {@code from}, {@code computed} and {@code generated}, its origin is the
 * field of the same name in the preceding element of the slice: the command for an event, the events for a view. A field of
 * a command without such an origin is input of the person who sends the command.
 *
 * @param name {@code wishId}
 * @param type the name of a basic type ({@link Type#BASIC}) or of one in the model, which may also be a view; empty if the model does not say yet
 * @param many whether it is a list, {@code list of WishId}
 * @param optional whether it may be missing, {@code optional WishId}
 * @param identity whether it identifies the entity of the element
 * @param balanced whether it is a list whose amounts sum to zero, those of each unit for themselves
 * @param example the default value in specifications; empty for the example of its type
 * @param generated the generator of its value, for example {@code clock} or {@code key of the request}; empty if the value is not generated
 * @param computed the fields that it is computed from
 * @param from the fields that it is copied from, one for each slice or event with an origin of its own
 * @param about its description
 * @param waived the reasons for waived rules of the check, by the rule's id
 * @param place its location in the file
 */
public record Field(
        String name,
        String type,
        boolean many,
        boolean optional,
        boolean identity,
        boolean balanced,
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

    /** A field whose amounts need not sum to zero. */
    public Field(
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
        this(name, type, many, optional, identity, false, example, generated, computed, from, about, waived, place);
    }

    /** Returns the type in the notation of the model, {@code list of WishId}. */
    public String written() {
        return (optional ? OPTIONAL : "") + (many ? MANY : "") + type;
    }
}
