package dev.storyline.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of the story, deployed as one folder. Its edges stand here and nowhere else.
 *
 * @param name {@code make-wish}, the folder's name
 * @param pattern which of the four patterns; null while nobody has said
 * @param about what it is for
 * @param actors who may use it, any one of them; none where only the context itself does
 * @param screen what that person sees, a note
 * @param processor what does it by itself, {@code WhenWishRejectedThenTellOthers}; empty for none
 * @param command the command that it handles; null for none
 * @param gatekeeper what stands in front of the command; null for none
 * @param rules by which the command handler rejects
 * @param folds the events of the stream that the command handler decides from
 * @param on the events that set it off or that it shows: private ones of its context, public ones of others
 * @param events the private events that it records
 * @param publishes the public events that it promises
 * @param dispatches the commands of other slices that it sends
 * @param calls the external systems that it calls
 * @param views the views that it keeps
 * @param specifications its scenarios
 * @param waived why a rule of the check does not hold for it, by the rule's id
 * @param place where it stands
 */
public record Slice(
        String name,
        @Nullable Pattern pattern,
        String about,
        List<String> actors,
        String screen,
        String processor,
        @Nullable Ref command,
        @Nullable Gatekeeper gatekeeper,
        List<BusinessRule> rules,
        List<Ref> folds,
        List<Ref> on,
        List<Ref> events,
        List<Ref> publishes,
        List<Ref> dispatches,
        List<Ref> calls,
        List<Ref> views,
        List<Specification> specifications,
        Map<String, String> waived,
        SourceLocation place) {
    /** The four patterns of Event Modeling. */
    public enum Pattern {
        STATE_CHANGE("state change"),
        STATE_VIEW("state view"),
        AUTOMATION("automation"),
        TRANSLATION("translation");

        private final String word;

        Pattern(String word) {
            this.word = word;
        }

        /** As it is written in a model. */
        public String word() {
            return word;
        }

        /** The pattern that is written so. */
        public static Optional<Pattern> of(String word) {
            for (Pattern pattern : values()) {
                if (pattern.word.equals(word)) {
                    return Optional.of(pattern);
                }
            }
            return Optional.empty();
        }
    }

    public Slice {
        actors = List.copyOf(actors);
        rules = List.copyOf(rules);
        folds = List.copyOf(folds);
        on = List.copyOf(on);
        events = List.copyOf(events);
        publishes = List.copyOf(publishes);
        dispatches = List.copyOf(dispatches);
        calls = List.copyOf(calls);
        views = List.copyOf(views);
        specifications = List.copyOf(specifications);
    }

    /** Who may use it, in words: {@code child or elf}; empty where nobody does. */
    public String actor() {
        return String.join(" or ", actors);
    }
}
