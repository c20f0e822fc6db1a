package dev.storyline.kernel;

/**
 * Steps through the events of one stream and changes the rows of a view. The same machine runs live, in rebuilds and for
 * strong queries; a row belongs to one stream and only totals are shared, so order between streams cannot matter.
 *
 * @param <S> what later steps need: small and bounded, never everything that was shown; a record that JSON can hold
 * @param <E> the sealed family of events that it folds
 */
public interface Projection<S, E> {
    /** The declared name, stored in every fold item: unique within its table, never changed. */
    String name();

    /** The declared version; a changed machine counts it up and is rebuilt. */
    default int version() {
        return 1;
    }

    /** The family that {@link #step} folds; other events of the stream move the position and nothing else. */
    Class<E> folds();

    /** The state before a stream's first event. */
    S initialState();

    /** The state after one more event, and what it changes in the view. */
    Step<S> step(S state, Recorded<E> event);
}
