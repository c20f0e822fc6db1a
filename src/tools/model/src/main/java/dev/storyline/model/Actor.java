package dev.storyline.model;

/**
 * A role of people or systems that use a context. An HTTP request of an actor carries a token with the scope
 * {@code <context>/<actor>}.
 *
 * @param name {@code child}
 * @param about its description; may be empty
 * @param identity the id type of the token's subject, {@code ChildId}; empty if the actor is not one specific person
 * @param place its location in the file
 */
public record Actor(String name, String about, String identity, SourceLocation place) {}
