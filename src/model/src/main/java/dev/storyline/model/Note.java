package dev.storyline.model;

/**
 * A name and what it means: of an actor, an external system, a stream.
 *
 * @param name {@code child}
 * @param about what it means; may be empty
 * @param place where it stands
 */
public record Note(String name, String about, Place place) {}
