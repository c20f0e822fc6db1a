package dev.storyline.model;

/**
 * A name and what it means: of an external system.
 *
 * @param name {@code accounting}
 * @param about what it means; may be empty
 * @param place where it stands
 */
public record ExternalSystem(String name, String about, SourceLocation place) {}
