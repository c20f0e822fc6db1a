package dev.storyline.kernel;

import java.util.List;

/**
 * Reacts to events with effects, which are values. A handler asks nothing: its effects follow from the state and the event
 * alone, so a retry cannot decide otherwise. Handlers run live only; a replay never builds one. A handler that remembers
 * nothing of a stream implements {@link StatelessEventHandler}.
 *
 * @param <S> the state that the handler remembers of a stream
 * @param <E> the sealed family of events that it folds
 */
public interface EventHandler<S, E> {
    /** The declared name. It is part of the key of every effect and never changes. */
    String name();

    /**
     * The declared version. After a change, the engine folds the stream again from its first event to compute the state,
     * and drops the effects of those events.
     */
    default int version() {
        return 1;
    }

    /** The family that {@link #on} reacts to. Other events move the position and nothing else. */
    Class<E> folds();

    /** The state before a stream's first event. */
    S initialState();

    /** The state after one more event, and the effects of that event. */
    Reaction<S> on(S state, Recorded<E> event);

    /**
     * The effects of a refusal, if the dispatched command asked for a {@linkplain Effect.Dispatch#followUp follow-up}.
     * They follow from event, command and rule alone. The refusal is on record, so a repetition finds the same rule.
     *
     * @param rule the name of the rule that refused the command
     */
    default List<Effect> onRefused(Recorded<E> event, Effect.Dispatch refused, String rule) {
        return List.of();
    }
}
