package dev.storyline.projections;

import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.Step;
import java.util.List;

/**
 * What an engine steps through a stream: a projection, or an event handler, which has effects in place of rows. A step
 * is pure: {@link EffectDispatch} runs the effects.
 */
sealed interface StreamProcessor<S, E> {
    String name();

    int version();

    Class<E> folds();

    S initialState();

    /** The state after one more event, and what the event causes. */
    Outcome<S> step(S state, Recorded<E> event);

    /** What one event causes: changes of rows by a projection, effects by an event handler. */
    record Outcome<S>(S state, List<RowChange> changes, List<Effect> effects) {}

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
        public Outcome<S> step(S state, Recorded<E> event) {
            Step<S> step = projection.step(state, event);
            return new Outcome<>(step.state(), step.changes(), List.of());
        }
    }

    /** An event handler. A new version steps again from the beginning for its state, without effects. */
    record Handling<S, E>(EventHandler<S, E> handler, EffectDispatch<E> dispatch) implements StreamProcessor<S, E> {
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
        public Outcome<S> step(S state, Recorded<E> event) {
            Reaction<S> reaction = handler.on(state, event);
            return new Outcome<>(reaction.state(), List.of(), reaction.effects());
        }
    }
}
