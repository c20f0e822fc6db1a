package dev.storyline.kernel;

/**
 * Decides about commands from the earlier events of a stream. Pure: identifiers and the time come in the command, and
 * the same events and command always give the same decision.
 *
 * <p>After Jérémie Chassaing's "Functional Event Sourcing Decider".
 *
 * @param <C> the complete command
 * @param <S> the command model: what this slice needs to know of the stream, shared with no other slice
 * @param <E> the sealed family of events that it folds
 */
public interface Decider<C, S, E> extends Fold<S, E> {
    /** Decides about the command in this state. */
    Decision<E> decide(C command, S state);
}
