package dev.storyline.projections;

import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an engine steps through a stream: a projection, or an event handler, which has effects in place of rows. */
sealed interface StreamProcessor<S, E> {
    String name();

    int version();

    Class<E> folds();

    S initialState();

    /** One step of the live feed. */
    Step<S> step(S state, Recorded<E> event);

    /** A projection. The rows of an older version stay as they are until a rebuild. */
    record Projecting<S, E>(Projection<S, E> projection) implements StreamProcessor<S, E> {
        @Override
        public String name() {
            return projection.name();
        }

        @Override
        public int version() {
            return projection.version();
        }

        @Override
        public Class<E> folds() {
            return projection.folds();
        }

        @Override
        public S initialState() {
            return projection.initialState();
        }

        @Override
        public Step<S> step(S state, Recorded<E> event) {
            return projection.step(state, event);
        }
    }

    /** An event handler. A new version steps again from the beginning for its state, without effects. */
    record Handling<S, E>(
            String context,
            EventHandler<S, E> handler,
            EventHandlerEngine.Effects effects,
            Supplier<Instant> activation)
            implements StreamProcessor<S, E> {
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
            if (!event.at().isBefore(activation.get())) {
                for (Effect effect : reaction.effects()) {
                    String key = context + "/" + handler.name() + "/" + event.id() + "/" + effect.name();
                    run(key, effect, event);
                }
            }
            return Step.to(reaction.state());
        }

        private void run(String key, Effect effect, Recorded<E> event) {
            String rule = effects.run(key, effect, event);
            if (rule != null && effect instanceof Effect.Dispatch refused && refused.followedUp()) {
                for (Effect next : handler.onRefused(event, refused, rule)) {
                    effects.run(key + "/" + rule + "/" + next.name(), next, event);
                }
            }
        }

        /** The step without effects. */
        Step<S> again(S state, Recorded<E> event) {
            return Step.to(handler.on(state, event).state());
        }
    }

    /** The step of an event handler for its state alone; null for a projection, which is rebuilt instead. */
    default @Nullable Step<S> remember(S state, Recorded<E> event) {
        return switch (this) {
            case Projecting<S, E> _ -> null;
            case Handling<S, E> handling -> handling.again(state, event);
        };
    }
}
