package dev.storyline.model;

import java.util.List;

/**
 * The ordered events of each entity of one kind: the unit of order and of consistency.
 *
 * @param name the category, {@code child} in {@code child#simo}
 * @param by the field of events and commands that identifies the entity, {@code childId}; empty if the model does not say yet
 * @param about its description
 * @param ends the events that end the story of an entity; empty if none does
 * @param keepDays for how many days a stream that has ended stays in the event table after its last event; 0 if none ends
 * @param place its location in the file
 */
public record EventStream(String name, String by, String about, List<String> ends, int keepDays, SourceLocation place) {
    public EventStream {
        ends = List.copyOf(ends);
    }

    /** A stream that never ends. */
    public EventStream(String name, String by, String about, SourceLocation place) {
        this(name, by, about, List.of(), 0, place);
    }
}
