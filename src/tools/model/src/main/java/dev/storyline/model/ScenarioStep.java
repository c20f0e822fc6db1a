package dev.storyline.model;

import java.util.Map;

/**
 * One step of a specification: an event, a command, a row of a view, a rejection, time that passes, or "nothing".
 *
 * @param what the kind of step: an element, a rejection, nothing, time, or a missing row
 * @param subject the element, with its context if that is another one; for a rejection the name of the rule
 * @param values the given values by field: texts, lists and maps, still symbolic ({@code tomorrow}, {@code any uuid}). Other
 *     fields take their examples, or the values of their origins
 * @param times the number of repetitions, 1 to 1,000; {@code {n}} in a value then counts from 1
 * @param at the time of the step, symbolic; empty for the time of the specification; where time passes, how much
 * @param by the actor; empty for the actor of the slice
 * @param stream the id within the stream's category; empty if the fields give it
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
}
