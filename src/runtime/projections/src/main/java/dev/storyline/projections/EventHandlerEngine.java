package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Recorded;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an event handler over a feed: positions, duplicates, gaps and poison as for a projection, since it is the same
 * machine with effects in place of rows. The effects of a step run in order, then the position moves: a crash between
 * repeats an effect, always under the same key, and never skips one.
 */
public final class EventHandlerEngine {
    private final StreamEngine<?, ?> engine;

    private EventHandlerEngine(StreamEngine<?, ?> engine) {
        this.engine = engine;
    }

    /** Where effects go. */
    @FunctionalInterface
    public interface Effects {
        /**
         * Brings an effect about.
         *
         * @param key the effect's key: the same on every repetition, so that the receiver can know it again
         * @return the name of the rule that refused a dispatched command, or null
         * @throws TransientFailure or a {@link dev.storyline.eventstore.StoreFailure} of being throttled or unavailable if it
         *     should be tried again; anything else parks the stream
         */
        @Nullable
        String run(String key, Effect effect, Recorded<?> cause);
    }

    /**
     * An engine for one handler. Effects of commits older than the birth stored in its table are dropped: history never
     * fires. Without a birth it does nothing and asks to be called again.
     *
     * @param positions the handler's own table, for its positions, states and birth
     */
    public static <S, E> EventHandlerEngine of(
            EventStore store,
            Language language,
            EventHandler<S, E> handler,
            ViewTable positions,
            Effects effects,
            Clock clock,
            Backoff pace) {
        StreamProcessor<S, E> machine = new StreamProcessor.Handling<>(
                language.context(), handler, effects, new ActivationTime(handler.name(), positions));
        return new EventHandlerEngine(new StreamEngine<>(store, language, machine, positions, clock, pace));
    }

    /** The handler's birth, read once: it never changes. */
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
            Instant birth = known;
            if (birth == null) {
                birth = positions.birth();
                known = birth;
            }
            if (birth == null) {
                throw new TransientFailure("The birth of the event handler " + handler + " is not stored yet", null);
            }
            return birth;
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

    /** What keeps the handler going where no delivery does. */
    public Repair upkeep(EventScan scan) {
        return new Repair(engine, scan);
    }
}
