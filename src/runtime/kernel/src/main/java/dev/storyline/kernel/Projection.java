package dev.storyline.kernel;

/**
 * Steps through the events of one stream and changes the rows of a view. The same projection runs live, in rebuilds and
 * for strong queries. A row belongs to one stream and only totals are shared, so the order between streams does not
 * matter.
 *
 * @param <S> the state that later steps need, a record that JSON can hold: small and bounded, not a copy of the rows
 * @param <E> the sealed family of events that it folds
 */
public interface Projection<S, E> {
    /** The declared name, stored in every fold item: unique within its table, never changed. */
    String name();

    /** The declared version. A changed projection increases it and is rebuilt. */
    default int version() {
        return 1;
    }

    /** The family that {@link #step} folds. Other events of the stream only move the position. */
    Class<E> folds();

    /** The state before a stream's first event. */
    S initialState();

    /** The state after one more event, and the changes of the view. */
    Step<S> step(S state, Recorded<E> event);
}
