package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.util.List;

/**
 * Applies commits to the view of one projection, exactly once in effect however they are delivered: each stream's fold
 * item knows the position, so duplicates are passed over (1 read unit), gaps are repaired from the event table, and two
 * invokers at once are settled by the fold item's revision.
 *
 * <p>The steps of a batch are merged by row before they are written: one conditional put for a stream whose only row is
 * its own, else one transaction for each 99 rows, cut between commits. A commit that alone changes more is written by
 * claim: its target first, then its rows in chunks.
 */
public final class ProjectionEngine {
    private final StreamEngine<?, ?> engine;

    private ProjectionEngine(StreamEngine<?, ?> engine) {
        this.engine = engine;
    }

    /**
     * An engine for one projection.
     *
     * @param store where gaps are repaired from
     * @param view the table that the projection owns
     */
    public static <S, E> ProjectionEngine of(
            EventStore store,
            Language language,
            Projection<S, E> projection,
            ViewTable view,
            Clock clock,
            Backoff pace) {
        return new ProjectionEngine(
                new StreamEngine<>(store, language, new StreamProcessor.Projecting<>(projection), view, clock, pace));
    }

    /**
     * Applies a batch of a feed: each stream in order, streams side by side.
     *
     * @return the sequences of the records to deliver again, because DynamoDB could not do its part at their streams
     */
    public List<String> apply(List<FeedRecord> batch) {
        return engine.apply(batch);
    }

    /**
     * Applies some commits of one stream, in whatever order and however often they come.
     *
     * @throws StoreFailure if DynamoDB cannot do its part; nothing is lost, deliver again
     */
    public ApplyResult apply(StreamId stream, List<Commit> delivered) {
        return engine.apply(stream, delivered);
    }

    /** What keeps the view in order where no delivery does. */
    public Repair upkeep(EventScan scan) {
        return new Repair(engine, scan);
    }

    /** Builds the view anew beside the one that is served. An event handler has no such thing. */
    public Rebuild rebuild(EventScan scan, Rebuild.Plan plan) {
        return new Rebuild(engine, scan, plan);
    }
}
