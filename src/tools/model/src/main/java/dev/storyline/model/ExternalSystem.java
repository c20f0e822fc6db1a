package dev.storyline.model;

/**
 * A system outside of all contexts.
 *
 * @param name {@code accounting}
 * @param about its description; may be empty
 * @param place its location in the file
 */
public record ExternalSystem(String name, String about, SourceLocation place) {}
