package dev.storyline.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event, a public event, a command or a view. Defined once by name; slices refer to it.
 *
 * @param kind which of them
 * @param context the context that it belongs to
 * @param name {@code WishApproved}, unique among its kind in its context
 * @param about what it means, one sentence
 * @param stream for an event the stream that it is recorded in, for a command the one that it is about; empty while
 *     nobody has said
 * @param version the schema version, from 1
 * @param essential whether a slice that does not know the event must refuse to decide
 * @param owner who answers for it; empty for the context's owner
 * @param fields its fields in order; empty while nobody has said
 * @param waived why a rule of the check does not hold for it, by the rule's id
 * @param place where it stands
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
    /** What an element is. */
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

        /** As people say it. */
        public String word() {
            return word;
        }

        /** The section of the file that defines such elements. */
        public String section() {
            return section;
        }
    }

    public Element {
        fields = List.copyOf(fields);
    }

    /** The field of this name. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
