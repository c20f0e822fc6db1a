package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an event handler over a feed. Positions, duplicates, gaps and parked streams work as for a projection; an event
 * handler has effects in place of rows. The effects of a step run in order, then the position moves. It is saved after
 * ten effects or one second of effects, and known to be current before each effect. So a crash, a lost answer or two
 * invocations at the same moment may repeat effects, always under the same key. No effect is skipped.
 */
public final class EventHandlerEngine implements StreamMachine {
    private final StreamEngine<?, ?> engine;

    private EventHandlerEngine(StreamEngine<?, ?> engine) {
        this.engine = engine;
    }

    /** Runs effects. */
    @FunctionalInterface
    public interface Effects {
        /**
         * Runs one effect.
         *
         * @param key the effect's key: the same in every repetition, so that the receiver can recognise it; of an effect
         *     that takes back, the key of what it takes back
         * @return the name of the rule that refused a dispatched command, or null
         * @throws TransientFailure if the effect should be tried again, as for a throttled or unavailable
         *     {@link dev.storyline.eventstore.StoreFailure}; any other exception parks the stream
         */
        @Nullable
        String run(String key, Effect effect, Recorded<?> cause);
    }

    /**
     * An engine for one handler. In each stream it drops the effects of the events before the first one that is not older
     * than the activation time in its table, so that history never fires. Without an activation time it does nothing and
     * asks for the batch again.
     *
     * @param positions the handler's own table, for its positions, states and activation time
     */
    public static <S, E> EventHandlerEngine of(
            EventStore store,
            Language language,
            EventHandler<S, E> handler,
            ViewTable positions,
            Effects effects,
            Clock clock,
            Backoff backoff,
            ParallelTasks tasks) {
        EffectDispatch<E> dispatch = new EffectDispatch<>(
                language.context(), handler, effects, new ActivationTime(handler.name(), positions));
        StreamProcessor<S, E> processor = new StreamProcessor.Handling<>(handler, dispatch);
        return new EventHandlerEngine(
                new StreamEngine<>(EngineContext.of(store, language, processor, positions, clock, backoff, tasks)));
    }

    /** The activation time of the handler, read once: it never changes. */
    private static final class ActivationTime implements Supplier<Instant> {
        private final String handler;
        private final ViewTable positions;
        private volatile @Nullable Instant known;

        ActivationTime(String handler, ViewTable positions) {
            this.handler = handler;
            this.positions = positions;
        }

        @Override
        public Instant get() {
            Instant activation = known;
            if (activation == null) {
                activation = positions.activation();
                known = activation;
            }
            if (activation == null) {
                throw new TransientFailure(
                        "The activation time of the event handler " + handler
                                + " is not stored yet; the deployment stores it before it attaches the feed",
                        null);
            }
            return activation;
        }
    }

    /**
     * Reacts to a batch of a feed.
     *
     * @return the sequences of the records to deliver again
     */
    public List<String> apply(List<FeedRecord> batch) {
        return engine.apply(batch);
    }

    @Override
    public StreamState stateAt(StreamId stream, long version) {
        return engine.stateAt(stream, version);
    }

    @Override
    public StreamReplay replay(StreamId stream, long from, long upTo) {
        return engine.replay(stream, from, upTo);
    }

    @Override
    public RestoreFindings compare(EventScan restored, CapacityCeilings ceilings, String after) {
        return engine.compare(restored, ceilings, after);
    }

    /** Repairs what no delivery repairs. */
    public Repair repair(EventScan scan) {
        return engine.repair(scan);
    }
}
