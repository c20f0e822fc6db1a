package dev.storyline.model;

import java.util.Map;

/**
 * One line of a specification: an event that happened, a command, a row of a view, a rejection, or that nothing happens.
 *
 * @param what whether it tells of an element, a rejection, nothing, or that a row is not there
 * @param subject the element, with its context where it is another one; for a rejection the rule as the element's name
 * @param values the values that it tells, by field: texts, lists and maps, still symbolic ({@code tomorrow},
 *     {@code any uuid}); fields that it does not tell have their examples, or what their origin gives
 * @param times how often, 1 to 1,000; {@code {n}} in a value then counts from 1
 * @param at when it happens, symbolic; empty for the time of the specification
 * @param by who does it; empty for the slice's actor
 * @param stream the id within the stream's category; empty for the one that the fields tell
 * @param place where it stands
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
    /** What a line tells of. */
    public enum What {
        ELEMENT,
        /** {@code rejected: too-many-wishes}. */
        REJECTED,
        /** {@code nothing}. */
        NOTHING,
        /** {@code no NaughtyChild}: the view has no such row. */
        ABSENT
    }
}
