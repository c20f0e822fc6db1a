package dev.storyline.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a specification or a story: an event, a command, a row of a view, a rejection, time that passes, or "nothing".
 *
 * @param what the kind of step: an element, a rejection, nothing, time, or a missing row
 * @param subject the element, with its context if that is another one; for a rejection the name of the rule
 * @param values the given values by field: texts, lists and maps, still symbolic ({@code tomorrow}, {@code any uuid}). Other
 *     fields take their examples, or the values of their origins
 * @param times the number of repetitions, 1 to 1,000; {@code {n}} in a value then counts from 1
 * @param at the time of the step, symbolic; empty for the time of the specification; where time passes, how much
 * @param by the actor; empty for the actor of the slice
 * @param stream the id within the stream's category; empty if the fields give it
 * @param says for a rejection the sentence that people are told; empty if it does not matter
 * @param place its location in the file
 */
public record ScenarioStep(
        What what,
        Ref subject,
        Map<String, Object> values,
        int times,
        String at,
        String by,
        String stream,
        String says,
        SourceLocation place) {
    /** The kinds of steps. */
    public enum What {
        ELEMENT,
        /** {@code rejected: too-many-wishes}. */
        REJECTED,
        /** {@code nothing}. */
        NOTHING,
        /** {@code time: "+30 minutes"}: so much time passes. */
        TIME,
        /** {@code no NaughtyChild}: the view has no such row. */
        ABSENT
    }

    /** A step without a sentence for people. */
    public ScenarioStep(
            What what,
            Ref subject,
            Map<String, Object> values,
            int times,
            String at,
            String by,
            String stream,
            SourceLocation place) {
        this(what, subject, values, times, at, by, stream, "", place);
    }

    /** Returns this step with the values of a row: {@code <name>} stands for the value of that name. */
    public ScenarioStep filled(Map<String, Object> row) {
        String named = text(subject.toString(), row);
        Ref filled = what == What.REJECTED
                ? new Ref("", named, List.of(), subject.place())
                : Ref.parse(named, subject.place());
        return new ScenarioStep(
                what,
                filled,
                values(values, row),
                times,
                text(at, row),
                text(by, row),
                text(stream, row),
                text(says, row),
                place);
    }

    private static Map<String, Object> values(Map<?, ?> values, Map<String, Object> row) {
        Map<String, Object> filled = new LinkedHashMap<>();
        values.forEach((key, value) -> filled.put((String) key, value(value, row)));
        return filled;
    }

    private static Object value(Object value, Map<String, Object> row) {
        return switch (value) {
            case Map<?, ?> map -> values(map, row);
            case List<?> list -> list.stream().map(each -> value(each, row)).toList();
            case String text -> {
                boolean whole = text.startsWith("<") && text.endsWith(">");
                Object told = whole ? row.get(text.substring(1, text.length() - 1)) : null;
                yield told == null ? text(text, row) : told;
            }
            default -> value;
        };
    }

    private static String text(String text, Map<String, Object> row) {
        String filled = text;
        for (Map.Entry<String, Object> each : row.entrySet()) {
            filled = filled.replace("<" + each.getKey() + ">", String.valueOf(each.getValue()));
        }
        return filled;
    }
}
