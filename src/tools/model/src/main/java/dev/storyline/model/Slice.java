package dev.storyline.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of the story, deployed as one folder. The connections between elements are defined here only.
 *
 * @param name {@code make-wish}, the folder's name
 * @param pattern one of the four patterns; null if the model does not say yet
 * @param about its description
 * @param actors the actors that may use it; empty if only the context itself does
 * @param screen a note about the screen that the actor sees
 * @param processor the name of the automation, {@code WhenWishRejectedThenTellOthers}; empty for none
 * @param command the command that it handles; null for none
 * @param gatekeeper the gatekeeper in front of the command; null for none
 * @param rules the rules by which the command handler rejects
 * @param folds the events of the stream that the command handler decides from
 * @param on the events that trigger it or that it shows: private events of its context, public events of others
 * @param events the private events that it records
 * @param publishes the public events that it publishes
 * @param dispatches the commands of other slices that it sends, at once or at an instant
 * @param deadlines those that it sends at an instant
 * @param calls the external systems that it calls
 * @param views the views that it maintains
 * @param exists the event that begins the stream of which its query asks; without it, the query answers that there is no
 *     such thing
 * @param specifications its scenarios
 * @param waived the reasons for waived rules of the check, by the rule's id
 * @param place its location in the file
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
        List<ModelDeadline> deadlines,
        List<Ref> calls,
        List<Ref> views,
        List<Ref> exists,
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

        /** The notation of the model. */
        public String word() {
            return word;
        }

        /** Returns the pattern with this notation. */
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
        deadlines = List.copyOf(deadlines);
        dispatches = all(dispatches, deadlines);
        calls = List.copyOf(calls);
        views = List.copyOf(views);
        specifications = List.copyOf(specifications);
    }

    /** The commands that it sends at once, followed by those that it sends at an instant. */
    private static List<Ref> all(List<Ref> dispatches, List<ModelDeadline> deadlines) {
        List<Ref> later = deadlines.stream().map(ModelDeadline::command).toList();
        Set<String> names = later.stream().map(Ref::toString).collect(Collectors.toSet());
        return Stream.concat(dispatches.stream().filter(ref -> !names.contains(ref.toString())), later.stream())
                .toList();
    }

    /** Returns the actors in words, {@code child or elf}; empty if there are none. */
    public String actor() {
        return String.join(" or ", actors);
    }
}
