package dev.storyline.eventstore;

import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import java.util.List;

/**
 * Folds streams of the context into the state that one slice needs. A gatekeeper may ask it for the state of another
 * stream than its command's. The stream may have changed before the command is decided.
 *
 * <p>Thread-safe. Throws {@link StoreFailure} if the store is throttled, unavailable, or corrupted.
 *
 * @param <S> the state
 * @param <E> the family of events
 */
public final class StreamFold<S, E> {
    private final EventStore store;
    private final EventCodec codec;
    private final Fold<S, E> fold;

    private StreamFold(EventStore store, EventCodec codec, Fold<S, E> fold) {
        this.store = store;
        this.codec = codec;
        this.fold = fold;
    }

    /** Folds the streams in a store. */
    public static <S, E> StreamFold<S, E> of(EventStore store, Language language, Fold<S, E> fold) {
        return new StreamFold<>(store, new EventCodec(language), fold);
    }

    /**
     * The present state of a stream, from a consistent read of the whole stream: one query for each started MB.
     *
     * @throws EventCodec.SliceOutdated if the stream holds an unknown event that must not be skipped
     */
    public S state(StreamId stream) {
        Head<S> head = new Head<>(initial());
        store.read(stream, 0, Long.MAX_VALUE, commit -> head.folded = with(head.folded, commit));
        return head.folded.state();
    }

    /**
     * The state of a stream as it was at a version. Later events do not count, not even those of the same commit.
     *
     * @throws EventCodec.SliceOutdated if the stream holds an unknown event that must not be skipped
     */
    public StateAt<S> stateAt(StreamId stream, long version) {
        Moment moment = new Moment(version);
        long read = store.read(stream, 0, version, moment::add);
        return new StateAt<>(Math.min(read, version), moment.state);
    }

    private final class Moment {
        private final long version;
        private S state = fold.initialState();

        Moment(long version) {
            this.version = version;
        }

        void add(Commit commit) {
            for (Recorded<E> event : codec.decode(commit, fold.folds())) {
                if (event.version() <= version) {
                    state = fold.evolve(state, event.event());
                }
            }
        }
    }

    /** A stream without events. */
    FoldedStream<S> initial() {
        return new FoldedStream<>(fold.initialState(), 0, null);
    }

    /**
     * The known state with the commits folded that were appended since, for a decision.
     *
     * @throws StreamArchived if the stream is closed
     */
    FoldedStream<S> read(StreamId stream, FoldedStream<S> known) {
        Head<S> head = new Head<>(known);
        store.readOpen(stream, known.version(), commit -> head.folded = with(head.folded, commit));
        return head.folded;
    }

    private static final class Head<S> {
        private FoldedStream<S> folded;

        Head(FoldedStream<S> folded) {
            this.folded = folded;
        }
    }

    private FoldedStream<S> with(FoldedStream<S> folded, Commit commit) {
        List<E> events =
                codec.decode(commit, fold.folds()).stream().map(Recorded::event).toList();
        return with(folded, commit, events);
    }

    /** The state after one more commit, whose events are known already. */
    FoldedStream<S> with(FoldedStream<S> folded, Commit commit, List<E> events) {
        S next = folded.state();
        for (E event : events) {
            next = fold.evolve(next, event);
        }
        return folded.with(commit, next);
    }
}
