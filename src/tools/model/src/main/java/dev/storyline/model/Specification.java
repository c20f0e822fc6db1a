package dev.storyline.model;

import java.util.List;
import java.util.Map;

/**
 * A scenario of a slice: given events, when a command or event arrives, then the expected result.
 *
 * @param name a sentence, unique within the slice
 * @param given the past events in order, and the rows of views that a gatekeeper finds
 * @param when the commands or events one after the other; empty in a specification of a view, which has given events only
 * @param then the expected result
 * @param examples rows of values, each for one run of the scenario: {@code <name>} in a step stands for the value of the row
 * @param notes remarks about it
 * @param id its id on the board that it comes from; empty for none
 * @param place its location in the file
 */
@Part(
        value = "A specification",
        says = "A scenario: given what happened, when this comes, then that follows.",
        sentence = true)
public record Specification(
        String name,

        @Key(says = "What happened before, and rows that a gatekeeper finds.")
        List<ScenarioStep> given,

        @Key(says = "The commands, the events, or the time that passes, one after the other; none for a view.")
        List<ScenarioStep> when,

        @Key(says = "What follows: events, commands, rows, 'rejected: a-rule', 'no NaughtyChild' or 'nothing'.")
        List<ScenarioStep> then,

        @Key(says = "Rows of values, each for one run: <name> in a step stands for the value of the row.")
        List<Map<String, Object>> examples,

        @Key(says = "Remarks of people.", remark = true) Notes notes,

        @Key(says = "Its id on the board that it comes from.", remark = true)
        String id,

        SourceLocation place) {
    public Specification {
        given = List.copyOf(given);
        when = List.copyOf(when);
        then = List.copyOf(then);
        examples = List.copyOf(examples);
    }

    /** A scenario without examples. */
    public Specification(
            String name,
            List<ScenarioStep> given,
            List<ScenarioStep> when,
            List<ScenarioStep> then,
            SourceLocation place) {
        this(name, given, when, then, List.of(), Notes.NONE, "", place);
    }

    /** Returns whether it has a title and says nothing else. */
    public boolean isTitle() {
        return given.isEmpty() && when.isEmpty() && then.isEmpty();
    }

    /**
     * Returns the scenarios to run: this one, or one for each row of the examples, whose name ends with the values of its row,
     * {@code a naughty wish is refused [a gun, naughty-wish]}.
     */
    public List<Specification> runs() {
        return examples.isEmpty()
                ? List.of(this)
                : examples.stream().map(this::run).toList();
    }

    private Specification run(Map<String, Object> row) {
        List<String> told = row.values().stream().map(String::valueOf).toList();
        return new Specification(
                name + " [" + String.join(", ", told) + "]",
                filled(given, row),
                filled(when, row),
                filled(then, row),
                place);
    }

    private static List<ScenarioStep> filled(List<ScenarioStep> steps, Map<String, Object> row) {
        return steps.stream().map(step -> step.filled(row)).toList();
    }
}
