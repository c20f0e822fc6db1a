package dev.storyline.model;

/**
 * A name and what it means: of an actor or an external system.
 *
 * @param name {@code child}
 * @param about what it means; may be empty
 * @param place where it stands
 */
public record Note(String name, String about, Place place) {}
