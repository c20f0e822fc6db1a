package dev.storyline.model;

import java.util.List;

/**
 * The ordered events of each entity of one kind: the unit of order and of consistency.
 *
 * @param name the category, {@code child} in {@code child#simo}
 * @param by the field of events and commands that identifies the entity, {@code childId}; empty if the model does not say yet
 * @param about its description
 * @param ends the events that end the story of an entity; empty if none does
 * @param keep how long a stream that has ended stays in the event table after its last event, {@code 400 days}; empty if none ends
 * @param notes remarks about it
 * @param place its location in the file
 */
@Part(value = "The stream {}", says = "Events kept in order; a sentence alone is enough.", alone = "about")
public record EventStream(
        String name,

        @Key(says = "The field that names the entity, in its events and commands: childId.")
        String by,

        @Key(says = "What the stream holds.") String about,

        @Key(
                says =
                        "The event that ends the story of an entity, or several. A stream that has ended is moved to the archive.",
                to = Key.Target.EVENT)
        List<Ref> ends,

        @Key(
                says = "How long a stream that has ended stays after its last event: 400 days.",
                pattern = "[1-9]\\d{0,4} days?",
                rule = "'keep' is a number of days from 1 to 36500, like 400 days")
        String keep,

        @Key(says = "Remarks of people.", remark = true) Notes notes,
        SourceLocation place) {
    public EventStream {
        ends = List.copyOf(ends);
    }

    /** A stream that never ends. */
    public EventStream(String name, String by, String about, Notes notes, SourceLocation place) {
        this(name, by, about, List.of(), "", notes, place);
    }

    /** Returns for how many days a stream that has ended stays; 0 if none ends. */
    public int keepDays() {
        return keep.isEmpty() ? 0 : Integer.parseInt(keep.substring(0, keep.indexOf(' ')));
    }
}
