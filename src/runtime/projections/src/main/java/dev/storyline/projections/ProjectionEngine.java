package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Applies commits to the view of one projection, exactly once in effect however they are delivered. The fold item of
 * each stream knows the position: duplicates are skipped (1 read unit), gaps are read from the event table, and the
 * revision of the fold item settles concurrent invocations.
 *
 * <p>The steps of a batch are merged by row before they are written: one conditional put for a stream whose only row is
 * its own row, else one transaction for each 99 rows, split between commits. A single commit with more rows is
 * written in chunks.
 */
public final class ProjectionEngine implements StreamMachine {
    private final StreamEngine<?, ?> engine;

    private ProjectionEngine(StreamEngine<?, ?> engine) {
        this.engine = engine;
    }

    /**
     * An engine for one projection.
     *
     * @param store the events from which gaps are filled
     * @param view the table that the projection owns
     */
    public static <S, E> ProjectionEngine of(
            EventStore store,
            Language language,
            Projection<S, E> projection,
            ViewTable view,
            Clock clock,
            Backoff backoff,
            ParallelTasks tasks) {
        return new ProjectionEngine(new StreamEngine<>(EngineContext.of(
                store, language, new StreamProcessor.Projecting<>(projection), view, clock, backoff, tasks)));
    }

    /**
     * Applies a batch of a feed: each stream in order, several streams at the same time.
     *
     * @return the sequences of the records to deliver again, because DynamoDB failed at their streams
     */
    public List<String> apply(List<FeedRecord> batch) {
        return engine.apply(batch);
    }

    /**
     * Applies some commits of one stream, in any order and any number of times.
     *
     * @throws StoreFailure if DynamoDB is throttling or unavailable; nothing is lost, deliver again
     */
    public ApplyResult apply(StreamId stream, List<Commit> delivered) {
        return engine.apply(stream, delivered);
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

    /** Builds the view again, beside the generation that is served. */
    public Rebuild rebuild(EventScan scan, RebuildPlan plan) {
        return engine.rebuild(scan, plan);
    }

    /**
     * What a rebuild will read and write, from the description of the event table and a sample of some MB. Changes
     * nothing.
     *
     * @param waits how long the rebuild will wait for functions and queries that began before
     */
    public RebuildEstimate estimate(EventScan scan, Duration waits) {
        return engine.estimate(scan, waits);
    }

    /** The status of the last rebuild; null if there was none. 1 read unit. */
    public @Nullable RebuildStatus rebuildStatus() {
        return engine.table().rebuildStatus();
    }

    /**
     * Changes the ceilings of the rebuild under way, in whichever process it runs. It hears of them within {@link
     * Rebuild#BEAT}.
     *
     * @param change from the ceilings that hold to those that shall hold
     * @throws Rebuild.Failed if none is under way
     */
    public RebuildStatus limitRebuild(UnaryOperator<CapacityCeilings> change) {
        return RebuildLease.limit(engine.table(), change);
    }
}
