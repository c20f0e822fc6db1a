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
 * @param fields its fields in order; empty if the model does not say yet
 * @param waived the reasons for waived rules of the check, by the rule's id
 * @param place its location in the file
 */
public record Element(
        Kind kind,
        String context,
        String name,
        String about,
        String stream,
        int version,
        boolean essential,
        String owner,
        List<Field> fields,
        Map<String, String> waived,
        SourceLocation place) {
    /** The kinds of elements. */
    public enum Kind {
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

    /** Returns the field with this name. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
