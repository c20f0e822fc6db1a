package dev.storyline.model;

import java.util.List;

/**
 * A scenario that a slice keeps: given what happened, when this comes, then that follows.
 *
 * @param name a sentence, unique within the slice
 * @param given events that happened, in order, and rows of views that a gatekeeper finds
 * @param when the command or the event; none in a specification of a view, whose events are all given
 * @param then what follows
 * @param place where it stands
 */
public record Specification(
        String name, List<ScenarioStep> given, List<ScenarioStep> when, List<ScenarioStep> then, SourceLocation place) {
    public Specification {
        given = List.copyOf(given);
        when = List.copyOf(when);
        then = List.copyOf(then);
    }
}
