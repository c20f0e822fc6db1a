package dev.storyline.eventstore;

/**
 * The state that a slice folds from a stream, as it was at a version.
 *
 * @param version the version of the last event that counts; 0 if there is none
 * @param state the state
 */
public record StateAt<S>(long version, S state) {}
