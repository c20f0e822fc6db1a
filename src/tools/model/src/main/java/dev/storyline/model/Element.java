package dev.storyline.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event, a public event, a command or a view. Defined once by name; slices refer to it.
 *
 * @param kind the kind of element
 * @param context the context that it belongs to
 * @param name {@code WishApproved}, unique among its kind in its context
 * @param about its description, one sentence
 * @param stream for an event the stream that records it, for a command the stream that it changes; empty if the
 *     model does not say yet
 * @param version the schema version, from 1
 * @param essential whether a slice that does not know the event must refuse to decide (503)
 * @param owner the owning team; empty for the owner of the context
 * @param waived the reasons for waived rules of the check, by the rule's id
 * @param notes remarks about it
 * @param id its id on the board that it comes from; empty for none
 * @param fields its fields in order; empty if the model does not say yet
 * @param place its location in the file
 */
@Part(
        value = "The {kind} {}",
        says = "An event, public event, command or view; a sentence alone says what it is about.",
        alone = "about")
public record Element(
        Kind kind,
        String context,
        String name,
        @Key(says = "What it means, one sentence.") String about,

        @Key(
                says = "For an event the stream that records it, for a command the stream that it changes.",
                to = Key.Target.STREAM)
        String stream,

        @Key(says = "The schema version, from 1.", rule = "A schema version")
        int version,

        @Key(says = "Whether a slice that does not know the event must refuse to decide (503).")
        boolean essential,

        @Key(says = "The owning team, where it is not that of the context.")
        String owner,

        @Key(says = "Rules of './storyline model check' that do not hold here, each with the reason.")
        Map<String, String> waived,

        @Key(says = "Remarks of people.", remark = true) Notes notes,

        @Key(says = "Its id on the board that it comes from.", remark = true)
        String id,

        @Key(says = "Its fields in order, each with its type.")
        List<Field> fields,

        SourceLocation place) {
    /** The kinds of elements. */
    public enum Kind implements Word {
        EVENT("event", "events"),
        PUBLIC_EVENT("public event", "public-events"),
        COMMAND("command", "commands"),
        VIEW("view", "views");

        private final String word;
        private final String section;

        Kind(String word, String section) {
            this.word = word;
            this.section = section;
        }

        /** The name of the kind in messages. */
        @Override
        public String word() {
            return word;
        }

        /** The section of the file with elements of this kind. */
        public String section() {
            return section;
        }
    }

    public Element {
        fields = List.copyOf(fields);
    }

    /** A first version of an element of which nothing is known but its fields. */
    public static Element of(Kind kind, String context, String name, List<Field> fields, SourceLocation place) {
        return new Element(kind, context, name, "", "", 1, false, "", Map.of(), Notes.NONE, "", fields, place);
    }

    /** Returns the field with this name. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
