package dev.storyline.model;

import java.util.List;

/**
 * A scenario of a slice: given events, when a command or event arrives, then the expected result.
 *
 * @param name a sentence, unique within the slice
 * @param given the past events in order, and the rows of views that a gatekeeper finds
 * @param when the command or the event; empty in a specification of a view, which has given events only
 * @param then the expected result
 * @param place its location in the file
 */
public record Specification(
        String name, List<ScenarioStep> given, List<ScenarioStep> when, List<ScenarioStep> then, SourceLocation place) {
    public Specification {
        given = List.copyOf(given);
        when = List.copyOf(when);
        then = List.copyOf(then);
    }
}
