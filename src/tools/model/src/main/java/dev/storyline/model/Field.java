package dev.storyline.model;

import java.util.List;
import java.util.Map;

/**
 * One field of an element, of a type or of a screen. Without {@code from}, {@code computed} and {@code generated}, its origin
 * is the field of the same name in the preceding element of the slice: the command for an event, the events for a view. A
 * field of a command without such an origin is input of the person who sends the command.
 *
 * @param name {@code wishId}
 * @param written the type in the notation of the model, {@code list of WishId}; empty if the model does not say yet
 * @param identity whether it identifies the entity of the element
 * @param balanced whether it is a list whose amounts sum to zero, those of each unit for themselves
 * @param example the default value in specifications; empty for the example of its type
 * @param generated the generator of its value, for example {@code clock} or {@code key of the request}, or {@code true}; empty
 *     if the value is not generated
 * @param computed the fields that it is computed from
 * @param from the fields that it is copied from, one for each slice or event with an origin of its own
 * @param to for an entered field of a screen, the fields of commands that it becomes
 * @param about its description
 * @param waived the reasons for waived rules of the check, by the rule's id
 * @param notes remarks about it
 * @param place its location in the file
 */
@Part(value = "The field {}", says = "A field; a type alone is enough.", alone = "type")
public record Field(
        String name,

        @Key(
                value = "type",
                says = "A basic type, a type or a view of the model; 'list of' and 'optional' may stand before it.",
                to = Key.Target.ANY_TYPE)
        String written,

        @Key(says = "Whether the field names the thing that the element is about.")
        boolean identity,

        @Key(
                says =
                        "Whether the amounts of the list sum to zero: its decimals, each with the other fields of its group as"
                                + " its unit, like a currency. The check adds them up in every scenario.")
        boolean balanced,

        @Key(says = "The value in specifications that tell none.")
        String example,

        @Key(says = "What makes its value: clock, key of the request; or true.")
        String generated,

        @Key(says = "The fields, or whole elements, that it is computed from.", to = Key.Target.FIELD)
        List<Ref> computed,

        @Key(says = "The fields that it is copied from, where names differ.", to = Key.Target.FIELD)
        List<Ref> from,

        @Key(
                says = "For an entered field of a screen: the fields of commands that it becomes, where names differ.",
                to = Key.Target.FIELD)
        List<Ref> to,

        @Key(says = "What it means, one sentence.") String about,

        @Key(says = "Rules of './storyline model check' that do not hold here, each with the reason.")
        Map<String, String> waived,

        @Key(says = "Remarks of people.", remark = true) Notes notes,
        SourceLocation place) {
    private static final String OPTIONAL = "optional ";
    private static final String MANY = "list of ";

    public Field {
        written = written.strip().replaceAll("\\s+", " ");
        generated = generated.equals("false") ? "" : generated;
        computed = List.copyOf(computed);
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** A field of which nothing is known but its type and what it means. */
    public static Field of(String name, String written, String about, SourceLocation place) {
        return new Field(
                name,
                written,
                false,
                false,
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                about,
                Map.of(),
                Notes.NONE,
                place);
    }

    /** Returns whether it may be missing, {@code optional WishId}. */
    public boolean optional() {
        return written.startsWith(OPTIONAL);
    }

    /** Returns whether it is a list, {@code list of WishId}. */
    public boolean many() {
        return written.startsWith(MANY, optional() ? OPTIONAL.length() : 0);
    }

    /**
     * Returns the name of a basic type ({@link Type#BASIC}) or of one in the model, which may also be a view; empty if the model
     * does not say yet.
     */
    public String type() {
        return written.substring((optional() ? OPTIONAL.length() : 0) + (many() ? MANY.length() : 0));
    }
}
