package dev.storyline.model;

/**
 * Who uses a context. Over HTTP an actor comes with a token that has the scope {@code <context>/<actor>}.
 *
 * @param name {@code child}
 * @param about what it means; may be empty
 * @param identity the type that the subject of its token is a value of, {@code ChildId}; empty where it is nobody known
 * @param place where it stands
 */
public record Actor(String name, String about, String identity, SourceLocation place) {}
