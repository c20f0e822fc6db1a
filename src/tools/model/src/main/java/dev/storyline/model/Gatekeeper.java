package dev.storyline.model;

import java.util.List;

/**
 * The gatekeeper of a command slice: checks a request before the command handler decides.
 *
 * @param about its description
 * @param reads the views that it queries, and the events of other streams of the context that it folds
 * @param rules the rules by which it refuses
 * @param notes remarks about it
 * @param place its location in the file
 */
@Part(
        value = "A gatekeeper",
        says = "What stands in front of the command handler; a sentence alone is enough.",
        alone = "about")
public record Gatekeeper(
        @Key(says = "What it does.") String about,

        @Key(
                says =
                        "The views that it asks, and the events of other streams of the context that it folds; all of them may"
                                + " be stale.",
                to = {Key.Target.VIEW, Key.Target.EVENT})
        List<Ref> reads,

        @Key(says = "The rules by which it refuses.") List<BusinessRule> rules,
        @Key(says = "Remarks of people.", remark = true) Notes notes,
        SourceLocation place) {
    public Gatekeeper {
        reads = List.copyOf(reads);
        rules = List.copyOf(rules);
    }
}
