package dev.storyline.kernel;

import java.util.List;

/**
 * An event handler that remembers nothing of a stream: the effects of an event follow from that event alone. The engine
 * runs it as an {@link EventHandler} whose state is the empty record, so its positions are stored in the same way.
 *
 * @param <E> the sealed family of events that it reacts to
 */
public interface StatelessEventHandler<E> extends EventHandler<StatelessEventHandler.NoState, E> {
    /** The effects of one event, in order; an empty list if the event sets nothing off. Names are unique in the list. */
    List<Effect> effects(Recorded<E> event);

    @Override
    default NoState initialState() {
        return new NoState();
    }

    @Override
    default Reaction<NoState> on(NoState state, Recorded<E> event) {
        return new Reaction<>(state, effects(event));
    }

    /** The state of a handler without state. Stored as {@code {}}. */
    record NoState() {}
}
