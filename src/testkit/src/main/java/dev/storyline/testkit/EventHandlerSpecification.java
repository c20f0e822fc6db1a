package dev.storyline.testkit;

import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.List;

/** Given events, whose effects are past, when one more event happens, then effects. */
public final class EventHandlerSpecification<S, E> {
    private final EventHandler<S, E> handler;
    private final Story story;

    EventHandlerSpecification(EventHandler<S, E> handler, Story story) {
        this.handler = handler;
        this.story = story;
    }

    /** The story belongs to this stream; said before its first event. */
    public EventHandlerSpecification<S, E> in(StreamId stream) {
        return new EventHandlerSpecification<>(handler, story.in(stream));
    }

    /** From here on events happen at this time. */
    public EventHandlerSpecification<S, E> at(Instant time) {
        return new EventHandlerSpecification<>(handler, story.at(time));
    }

    /** From here on events are asked for by this actor. */
    public EventHandlerSpecification<S, E> by(String actor) {
        return new EventHandlerSpecification<>(handler, story.by(actor));
    }

    /** These events happened, after those given before; what the handler does not fold is passed over. */
    public EventHandlerSpecification<S, E> given(Object... events) {
        return given(List.of(events));
    }

    /** These events happened, after those given before; what the handler does not fold is passed over. */
    public EventHandlerSpecification<S, E> given(List<?> events) {
        return new EventHandlerSpecification<>(handler, story.and(events));
    }

    /** The handler meets this event. */
    public Reacted<S> when(Object event) {
        Reaction<S> reaction = Reaction.to(handler.initialState());
        for (Recorded<Object> recorded : story.and(List.of(event)).events()) {
            reaction = react(reaction.state(), recorded);
        }
        return new Reacted<>(story.lines(handler.folds()), String.valueOf(event), reaction);
    }

    private Reaction<S> react(S state, Recorded<Object> recorded) {
        if (!handler.folds().isInstance(recorded.event())) {
            return Reaction.to(state);
        }
        return handler.on(state, recorded.with(handler.folds().cast(recorded.event())));
    }

    /** What the event set off, to compare with what should be. */
    public static final class Reacted<S> {
        private final List<String> given;
        private final String when;
        private final Reaction<S> reaction;

        private Reacted(List<String> given, String when, Reaction<S> reaction) {
            this.given = given;
            this.when = when;
            this.reaction = reaction;
        }

        /** Exactly these effects are set off, in this order. */
        public Reacted<S> then(Effect... effects) {
            List<Effect> expected = List.of(effects);
            if (!expected.equals(reaction.effects())) {
                throw failure(Failure.list(expected, "no effect"), Failure.list(reaction.effects(), "no effect"));
            }
            return this;
        }

        /** Nothing is set off. */
        public Reacted<S> thenNothing() {
            return then();
        }

        /** This is what the handler remembers from now on. */
        public Reacted<S> thenState(S state) {
            if (!state.equals(reaction.state())) {
                throw failure("the state " + state, "the state " + reaction.state());
            }
            return this;
        }

        private AssertionError failure(String expected, String actual) {
            return Failure.of(given, List.of(when), expected, actual);
        }
    }
}
