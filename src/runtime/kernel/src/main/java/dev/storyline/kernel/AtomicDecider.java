package dev.storyline.kernel;

import java.util.Map;
import java.util.Set;

/**
 * Decides about commands whose rule spans several streams of one context: the home stream, which the command is about,
 * and other streams, all of one kind. Pure, like a {@link Decider}.
 *
 * <p>When the decision is recorded, every stream that it relies on takes part: by events, or by a check that the
 * stream has not changed. So the rule holds over all these streams without exception. The price is a read for each
 * other stream, twice the write units, and conflicts with every writer of any of the streams. Use it only if a broken
 * rule cannot be repaired later.
 *
 * @param <C> the complete command
 * @param <S> the command model: what this slice needs to know of the home stream
 * @param <E> the sealed family of events of the home stream that it folds
 * @param <T> what it needs to know of each other stream
 * @param <F> the sealed family of events of the other streams that it folds
 */
public interface AtomicDecider<C, S, E, T, F> extends Fold<S, E> {
    /** The fold of each other stream. */
    Fold<T, F> other();

    /**
     * The other streams that the decision needs, without the home stream. Without other streams it is a decision about
     * the home stream alone. A decision relies on 99 at most.
     */
    Set<StreamId> others(C command, S state);

    /**
     * More streams that the decision needs after a look at some, or none. It is asked again with what was read, until
     * it names no stream that is not read yet. A stream that is seldom needed is so read seldom.
     *
     * @param others the state of each stream that was read so far, in the order of their names
     */
    default Set<StreamId> more(C command, S state, Map<StreamId, T> others) {
        return Set.of();
    }

    /**
     * Decides. The states may be of different moments: one may show a commit that another does not show yet. A decision
     * on such states is never recorded or answered, so the decider need not care, but must not throw.
     *
     * @param others the state of each stream that {@link #others} and {@link #more} name, in the order of their names
     */
    AtomicDecision<E, F> decide(C command, S state, Map<StreamId, T> others);
}
