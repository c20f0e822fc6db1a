package dev.storyline.kernel;

import java.util.List;

/**
 * Reacts to events with effects as values. It asks nothing: its effects follow from state and event alone, so a retry
 * cannot decide otherwise. It runs live only; replay never builds one.
 *
 * @param <S> what the handler remembers of the stream; most remember nothing
 * @param <E> the sealed family of events that it folds
 */
public interface EventHandler<S, E> {
    /** The declared name: part of the key of every effect, never changed. */
    String name();

    /** The declared version; a changed handler steps again through the story for its state, dropping effects. */
    default int version() {
        return 1;
    }

    /** The family that {@link #on} reacts to; other events move the position and nothing else. */
    Class<E> folds();

    /** The state before a stream's first event. */
    S initialState();

    /** The state after one more event, and what it sets off. */
    Reaction<S> on(S state, Recorded<E> event);

    /**
     * What a refusal sets off, where the dispatched command asked for a {@linkplain Effect.Dispatch#followUp follow-up}.
     * It follows from event, command and rule alone; the refusal is on record, so a repetition finds the same rule.
     *
     * @param rule the name of the rule that refused the command
     */
    default List<Effect> onRefused(Recorded<E> event, Effect.Dispatch refused, String rule) {
        return List.of();
    }
}
