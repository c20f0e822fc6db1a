package dev.storyline.projections;

import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Runs an event handler over a feed: positions, duplicates, gaps and poison as for a projection, since it is the same
 * machine with effects in place of rows. The effects of a step run in order, then the position moves: a crash between
 * repeats an effect, always under the same key, and never skips one.
 */
public final class EventHandlerEngine {
    private final ProjectionEngine<?, ?> engine;

    private EventHandlerEngine(ProjectionEngine<?, ?> engine) {
        this.engine = engine;
    }

    /** Where effects go. */
    @FunctionalInterface
    public interface Effects {
        /**
         * Brings an effect about.
         *
         * @param key the effect's key: the same on every repetition, so that the receiver can know it again
         * @throws dev.storyline.eventstore.StoreFailure.Throttled or
         *     {@link dev.storyline.eventstore.StoreFailure.Unavailable} if it should be tried again; anything else parks
         *     the stream
         */
        void run(String key, Effect effect, Recorded<?> cause);
    }

    /**
     * An engine for one handler.
     *
     * @param positions the handler's own table, for its positions and states
     * @param birth effects of older commits are dropped: history never fires
     */
    public static <S, E> EventHandlerEngine of(
            EventStore store,
            Language language,
            EventHandler<S, E> handler,
            ViewTable positions,
            Effects effects,
            Instant birth,
            Clock clock) {
        Live<S, E> live = new Live<>(language.context(), handler, effects, birth);
        return new EventHandlerEngine(new ProjectionEngine<>(store, language, live, positions, clock));
    }

    /**
     * Reacts to a batch of a feed.
     *
     * @return the sequences of the records to deliver again
     */
    public List<String> apply(List<FeedRecord> batch) {
        return engine.apply(batch);
    }

    /** A handler as a machine without rows. Its steps have effects, so nothing but this engine may hold one. */
    private record Live<S, E>(String context, EventHandler<S, E> handler, Effects effects, Instant birth)
            implements Projection<S, E> {
        @Override
        public String name() {
            return handler.name();
        }

        @Override
        public int version() {
            return handler.version();
        }

        @Override
        public Class<E> folds() {
            return handler.folds();
        }

        @Override
        public S initialState() {
            return handler.initialState();
        }

        @Override
        public Step<S> step(S state, Recorded<E> event) {
            Reaction<S> reaction = handler.on(state, event);
            if (!event.at().isBefore(birth)) {
                for (Effect effect : reaction.effects()) {
                    effects.run(context + "/" + handler.name() + "/" + event.id() + "/" + effect.name(), effect, event);
                }
            }
            return Step.to(reaction.state());
        }
    }
}
