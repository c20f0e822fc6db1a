package dev.storyline.model;

/**
 * The ordered events of each entity of one kind: the unit of order and of consistency.
 *
 * @param name the category, {@code child} in {@code child#simo}
 * @param by the field that names the entity, in its events and commands, {@code childId}; empty while nobody has said
 * @param about what it holds
 * @param place where it stands
 */
public record EventStream(String name, String by, String about, SourceLocation place) {}
