package dev.storyline.model;

/**
 * The ordered events of each entity of one kind: the unit of order and of consistency.
 *
 * @param name the category, {@code child} in {@code child#simo}
 * @param by the field of events and commands that identifies the entity, {@code childId}; empty if the model does not say yet
 * @param about its description
 * @param place its location in the file
 */
public record EventStream(String name, String by, String about, SourceLocation place) {}
