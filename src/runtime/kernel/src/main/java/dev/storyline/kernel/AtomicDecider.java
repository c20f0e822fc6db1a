package dev.storyline.kernel;

import java.util.Map;
import java.util.Set;

/**
 * Decides about commands whose rule spans several streams of one context: from the home stream, which the command is
 * about, and from other streams, all of one kind. Pure, as a {@link Decider} is.
 *
 * <p>Every stream that the decision was made from takes part when it is recorded: by events, or by a check that it has not
 * moved since. So the decision is as if nobody else had written anywhere meanwhile, and a rule over all these streams
 * holds without exception. It costs a read for each other stream and twice the write units, and it competes with everybody
 * who writes to any of them: take it where a broken rule cannot be put right later.
 *
 * @param <C> the complete command
 * @param <S> the command model: what this slice needs to know of the home stream
 * @param <E> the sealed family of events of the home stream that it folds
 * @param <T> what it needs to know of each other stream
 * @param <F> the sealed family of events of the other streams that it folds
 */
public interface AtomicDecider<C, S, E, T, F> extends Fold<S, E> {
    /** How each of the other streams is folded. */
    Fold<T, F> other();

    /**
     * Which other streams the decision needs, 99 at most; none makes it a decision about the home stream alone. Never the
     * home stream itself.
     */
    Set<StreamId> others(C command, S state);

    /**
     * What the command leads to. The states may be of different moments, one with a commit that another does not show yet:
     * such a decision is never recorded nor answered, so it needs no care but must not throw.
     *
     * @param others the state of each stream that {@link #others} names, in the order of their names
     */
    AtomicDecision<E, F> decide(C command, S state, Map<StreamId, T> others);
}
