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
 * @param status how far the work on it is; null if nobody says
 * @param pattern one of the four patterns; null if the model does not say yet
 * @param about its description
 * @param actors the actors that may use it; empty if only the context itself does
 * @param screens the screens that the actor sees
 * @param processor the name of the automation, {@code WhenWishRejectedThenTellOthers}; empty for none
 * @param todo the view whose rows are the work of an automation, its to-do list; null for none
 * @param on the events that trigger it or that it shows: private events of its context, public events of others. Those of an
 *     automation with a to-do list put an item on the list
 * @param every the times at which it comes by itself, {@code day at 02:00}; empty for none
 * @param after how long after the event it acts, {@code 30 minutes}; empty for at once
 * @param command the command that it handles; null for none
 * @param gatekeeper the gatekeeper in front of the command; null for none
 * @param folds the events of the stream that the command handler decides from
 * @param rules the rules by which the command handler rejects
 * @param events the private events that it records
 * @param publishes the public events that it publishes
 * @param sends the commands of other slices that it sends at once, or also at an instant: see {@link #dispatches}
 * @param later those that it sends at an instant: see {@link #deadlines}
 * @param calls the external systems that it calls
 * @param views the views that it maintains
 * @param exists the event that begins the stream of which its query asks; without it, the query answers that there is no
 *     such thing
 * @param waived the reasons for waived rules of the check, by the rule's id
 * @param notes remarks about it
 * @param id its id on the board that it comes from; empty for none
 * @param ids the ids on that board of what stands in the slice and is no part of its own, by kind and name
 * @param specifications its scenarios
 * @param place its location in the file
 */
@Part(
        value = "A slice",
        says = "One step of the story: one folder, one deployment. A name alone is enough.",
        alone = "slice")
public record Slice(
        @Key(
                value = "slice",
                says = "Its name in lower case with hyphens: make-wish.",
                required = true,
                pattern = "[a-z][a-z0-9]*(-[a-z0-9]+)*",
                rule = "A slice has a name in lower case with hyphens, like 'make-wish'")
        String name,

        @Key(says = "How far the work on it is.", rule = "A status is", remark = true) @Nullable
        Status status,

        @Key(says = "Which of the four patterns it is.", rule = "A pattern is") @Nullable
        Pattern pattern,

        @Key(says = "What it is about, one sentence.") String about,

        @Key(value = "actor", says = "Who may use it: one name, or a list.", to = Key.Target.ACTOR)
        List<String> actors,

        @Key(value = "screen", says = "What a person sees: a sentence, or screens by name.")
        List<Screen> screens,

        @Key(says = "The name of the automation, a sentence: WhenWishRejectedThenTellOthers.")
        String processor,

        @Key(says = "The view whose rows are the work of the automation: its to-do list.", to = Key.Target.VIEW)
        @Nullable
        Ref todo,

        @Key(
                says =
                        "The events that trigger it or that it shows; public events with their context before them. Those of an"
                                + " automation with a to-do list put an item on the list.",
                to = Key.Target.EVENT)
        List<Ref> on,

        @Key(
                says = "When it comes by itself: 'day at 02:00', 'monday at 08:00', 'hour', '15 minutes'.",
                pattern =
                        "(hour|\\d{1,6} (minute|hour|day)s?|(day|(mon|tues|wednes|thurs|fri|satur|sun)day) at ([01]\\d|2[0-3]):[0-5]\\d)",
                rule = "Time comes like 'day at 02:00', 'monday at 08:00', 'hour' or '15 minutes'")
        String every,

        @Key(
                says = "How long after the event it acts: '30 minutes', '2 hours', '3 days'.",
                pattern = "\\d{1,6} ?(min(ute)?|h(our)?|d(ay)?)s?",
                rule = "It acts an amount of time after the event, like '30 minutes', '2 hours' or '3 days'")
        String after,

        @Key(
                says = "The command that it handles.",
                to = Key.Target.COMMAND,
                rule = "A slice handles one command; the second one asks for a slice of its own.")
        @Nullable
        Ref command,

        @Key(says = "What stands in front of the command handler.") @Nullable
        Gatekeeper gatekeeper,

        @Key(says = "The events of the stream that the command handler decides from.", to = Key.Target.EVENT)
        List<Ref> folds,

        @Key(says = "The rules by which the command handler rejects.")
        List<BusinessRule> rules,

        @Key(says = "The events that it records.", to = Key.Target.EVENT)
        List<Ref> events,

        @Key(says = "The public events that it publishes.", to = Key.Target.PUBLIC_EVENT)
        List<Ref> publishes,

        @Key(value = "dispatches", says = "The commands of other slices that it sends.", to = Key.Target.COMMAND)
        List<Ref> sends,

        @Key(
                value = "deadlines",
                says = "The commands of other slices that it has sent at an instant, or takes back; each with what the"
                        + " instant is computed from. They need not stand under 'dispatches'.",
                to = Key.Target.COMMAND)
        List<ModelDeadline> later,

        @Key(says = "The systems outside that it calls.", to = Key.Target.SYSTEM)
        List<Ref> calls,

        @Key(value = "view", says = "The views that it keeps.", to = Key.Target.VIEW)
        List<Ref> views,

        @Key(
                says =
                        "The event that begins what the query asks about: an empty list is empty after it, and 404 without it.",
                to = Key.Target.EVENT)
        List<Ref> exists,

        @Key(says = "Rules of './storyline model check' that do not hold here, each with the reason.")
        Map<String, String> waived,

        @Key(says = "Remarks of people.", remark = true) Notes notes,

        @Key(says = "Its id on the board that it comes from.", remark = true)
        String id,

        @Key(says = "The ids on that board of what stands here, by kind and name.", remark = true)
        Map<String, String> ids,

        @Key(says = "Its scenarios by name, each name a sentence.")
        List<Specification> specifications,

        SourceLocation place) {
    /** How far the work on a slice is. */
    public enum Status implements Word {
        PLANNED("planned"),
        IN_PROGRESS("in progress"),
        DONE("done"),
        LIVE("live");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** The four patterns of Event Modeling. */
    public enum Pattern implements Word {
        STATE_CHANGE("state change"),
        STATE_VIEW("state view"),
        AUTOMATION("automation"),
        TRANSLATION("translation");

        private final String word;

        Pattern(String word) {
            this.word = word;
        }

        /** The notation of the model. */
        @Override
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
        actors = actors.stream().filter(actor -> !actor.isEmpty()).distinct().toList();
        screens = List.copyOf(screens);
        on = List.copyOf(on);
        folds = List.copyOf(folds);
        rules = List.copyOf(rules);
        events = List.copyOf(events);
        publishes = List.copyOf(publishes);
        later = List.copyOf(later);
        Set<String> timed =
                later.stream().map(deadline -> deadline.command().toString()).collect(Collectors.toSet());
        sends = sends.stream().filter(ref -> !timed.contains(ref.toString())).toList();
        calls = List.copyOf(calls);
        views = List.copyOf(views);
        exists = List.copyOf(exists);
        specifications = List.copyOf(specifications);
    }

    /** Returns all commands of other slices that it sends: at once, or at an instant. */
    public List<Ref> dispatches() {
        return Stream.concat(sends.stream(), later.stream().map(ModelDeadline::command))
                .toList();
    }

    /** Returns what it sends at an instant. One that acts after a while sends everything so, counted from its events. */
    public List<ModelDeadline> deadlines() {
        return after.isEmpty()
                ? later
                : Stream.concat(later.stream(), sends.stream().map(command -> new ModelDeadline(command, on)))
                        .toList();
    }

    /** Returns the scenarios to run, one for each row of examples. */
    public List<Specification> runs() {
        return specifications.stream()
                .flatMap(specification -> specification.runs().stream())
                .toList();
    }

    /** Returns what the first screen says about itself, or its name; empty if there is none. */
    public String screen() {
        return screens.isEmpty()
                ? ""
                : screens.getFirst().about().isEmpty()
                        ? screens.getFirst().name()
                        : screens.getFirst().about();
    }

    /** Returns the actors in words, {@code child or elf}; empty if there are none. */
    public String actor() {
        return String.join(" or ", actors);
    }
}
