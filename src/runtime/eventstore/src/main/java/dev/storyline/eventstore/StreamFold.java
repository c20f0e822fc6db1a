package dev.storyline.eventstore;

import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import java.util.List;

/**
 * Streams of the context as one slice folds them. A gatekeeper asks it for the state of another stream than its command's;
 * what it answers was so when it was asked, and may have changed before the command is decided.
 *
 * <p>Thread-safe. Throws {@link StoreFailure} where the store cannot do its part.
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
     * The state of a stream now, from a strongly consistent read of all of it: one query for each started MB.
     *
     * @throws EventCodec.SliceOutdated if the stream holds an event that must not be passed over, and is not known
     */
    public S state(StreamId stream) {
        return read(stream, initial()).state();
    }

    /** A stream of which nothing is known yet. */
    FoldedStream<S> initial() {
        return new FoldedStream<>(fold.initialState(), 0, null);
    }

    /** What was appended since, folded on top; every commit read is remembered by its id. */
    FoldedStream<S> read(StreamId stream, FoldedStream<S> known) {
        Head<S> head = new Head<>(known);
        store.read(stream, known.version(), Long.MAX_VALUE, commit -> head.folded = with(head.folded, commit));
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

    /** The same after one more commit, whose events are known already. */
    FoldedStream<S> with(FoldedStream<S> folded, Commit commit, List<E> events) {
        S next = folded.state();
        for (E event : events) {
            next = fold.evolve(next, event);
        }
        return folded.with(commit, next);
    }
}
