package dev.storyline.model;

/**
 * The ordered events of each entity of one kind: the unit of order and of consistency.
 *
 * @param name the category, {@code child} in {@code child#simo}
 * @param by the field of events and commands that identifies the entity, {@code childId}; empty if the model does not say yet
 * @param about its description
 * @param notes remarks about it
 * @param place its location in the file
 */
@Part(value = "The stream {}", says = "Events kept in order; a sentence alone is enough.", alone = "about")
public record EventStream(
        String name,

        @Key(says = "The field that names the entity, in its events and commands: childId.")
        String by,

        @Key(says = "What the stream holds.") String about,
        @Key(says = "Remarks of people.", remark = true) Notes notes,
        SourceLocation place) {}
