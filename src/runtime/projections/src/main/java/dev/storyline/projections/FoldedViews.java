package dev.storyline.projections;

import dev.storyline.common.LruCache;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.StreamId;
import java.util.Map;

/**
 * Views of one stream each, folded from its events. A warm function reads of a stream only what was added since it folded
 * it last. It remembers 100 streams, none with more than 1,000 rows. Events never change, so the answers are the same.
 *
 * <p>Thread-safe.
 *
 * @param <S> the state of the projection
 * @param <E> the family of events
 */
public final class FoldedViews<S, E> {
    static final int MOST_STREAMS = 100;
    static final int MOST_ROWS = 1_000;

    private final EventStore store;
    private final EventCodec codec;
    private final Projection<S, E> projection;
    private final Map<StreamId, FoldedView.Fold<S, E>> folds = new LruCache<>(MOST_STREAMS);

    /** The views that a projection makes of the streams of a store. */
    public FoldedViews(EventStore store, Language language, Projection<S, E> projection) {
        this.store = store;
        this.codec = new EventCodec(language);
        this.projection = projection;
    }

    /**
     * The present view of a stream, strongly consistent: one query of what was added. Asked for the head of another
     * stream, it folds that one too.
     *
     * @throws EventCodec.SliceOutdated if the stream holds an unknown event that must not be skipped
     */
    public FoldedView of(StreamId stream) {
        FoldedView.Fold<S, E> fold = take(stream);
        FoldedView view = fold.read(store, other -> of(other).head(other));
        if (fold.size() <= MOST_ROWS) {
            putBack(stream, fold);
        }
        return view;
    }

    /** Takes it out, so that nobody else reads on with it, and nobody at all after an exception. */
    private synchronized FoldedView.Fold<S, E> take(StreamId stream) {
        FoldedView.Fold<S, E> fold = folds.remove(stream);
        return fold == null ? new FoldedView.Fold<>(projection, codec, stream) : fold;
    }

    private synchronized void putBack(StreamId stream, FoldedView.Fold<S, E> fold) {
        folds.put(stream, fold);
    }
}
