package dev.storyline.projections;

import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Views of one stream each, folded from its events. A warm function reads of a stream only what was added since it folded
 * it last. It remembers the 100 streams that were asked for last, with 20,000 rows in all. Events never change, so the answers
 * are the same.
 *
 * <p>Thread-safe.
 *
 * @param <S> the state of the projection
 * @param <E> the family of events
 */
public final class FoldedViews<S, E> {
    static final int MOST_STREAMS = 100;
    static final int MOST_ROWS = 20_000;

    private final EventStore store;
    private final EventCodec codec;
    private final Projection<S, E> projection;

    /** Those asked for last come last, because whoever reads on with one takes it out meanwhile. */
    private final Map<StreamId, FoldedView.Fold<S, E>> folds = new LinkedHashMap<>();

    private int rows;

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
        putBack(stream, fold);
        return view;
    }

    /** Takes it out, so that nobody else reads on with it, and nobody at all after an exception. */
    private synchronized FoldedView.Fold<S, E> take(StreamId stream) {
        FoldedView.Fold<S, E> fold = remove(stream);
        return fold == null ? new FoldedView.Fold<>(projection, codec, stream) : fold;
    }

    private synchronized void putBack(StreamId stream, FoldedView.Fold<S, E> fold) {
        remove(stream);
        folds.put(stream, fold);
        rows += fold.size();
        while (folds.size() > MOST_STREAMS || rows > MOST_ROWS) {
            remove(folds.keySet().iterator().next());
        }
    }

    private FoldedView.@Nullable Fold<S, E> remove(StreamId stream) {
        FoldedView.Fold<S, E> fold = folds.remove(stream);
        rows -= fold == null ? 0 : fold.size();
        return fold;
    }
}
