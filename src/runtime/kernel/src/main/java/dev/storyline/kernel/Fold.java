package dev.storyline.kernel;

/**
 * Folds the events of one stream into the state that a slice needs. Pure: the same events always make the same state.
 *
 * @param <S> the state, shared with no other slice
 * @param <E> the sealed family of events that it folds
 */
public interface Fold<S, E> {
    /** The family that {@link #evolve} folds; other events of the stream are skipped. */
    Class<E> folds();

    /** The state of a stream without events. */
    S initialState();

    /** The state after one more event. Its switch has no {@code default}: a new event asks for a decision. */
    S evolve(S state, E event);
}
