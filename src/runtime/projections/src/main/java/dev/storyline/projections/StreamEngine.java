package dev.storyline.projections;

import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.CapacityThrottle;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Runs one processor over streams, exactly once in effect however their commits are delivered. The fold item of each
 * stream knows the position: duplicates are skipped, gaps are read from the event table, and the revision of the fold
 * item settles concurrent invocations. Live feed, repair, redrive and rebuild all write through this engine.
 *
 * <p>A batch costs one read unit for the pointer item and one for each fold item that is not cached, in one round trip.
 * Each stream then costs one write: a put if its only row is its own row, else a transaction for each 99 rows.
 *
 * @param <S> the processor's state
 * @param <E> the family of events
 */
final class StreamEngine<S, E> {
    private final EngineContext<S, E> context;
    private final LiveGenerations generations;
    private final StreamApplier<S, E> applier;
    private final StreamParking parking;
    private final BatchIntake intake;

    StreamEngine(EngineContext<S, E> context) {
        this.context = context;
        this.generations = new LiveGenerations(context);
        this.applier = new StreamApplier<>(context);
        this.parking = new StreamParking(context);
        this.intake = new BatchIntake(context, generations, applier, parking);
    }

    /**
     * Applies a batch of a feed.
     *
     * @return the sequences of the records to deliver again, because something outside the engine failed
     */
    List<String> apply(List<FeedRecord> batch) {
        return intake.apply(batch);
    }

    /**
     * Applies some commits of one stream to every generation, in any order and any number of times.
     *
     * @throws StoreFailure if DynamoDB is throttling or unavailable; nothing is lost, deliver again
     */
    ApplyResult apply(StreamId stream, List<Commit> delivered) {
        NavigableMap<Long, Commit> commits = new TreeMap<>();
        delivered.forEach(commit -> commits.put(commit.version(), commit));
        return everywhere(
                generation -> applier.apply(generation, stream, context.fold(generation, stream), commits, false));
    }

    /** Brings a stream up to its head in every generation. If the cause is still there, the stream is parked again. */
    ApplyResult redrive(StreamId stream) {
        return everywhere(generation -> applier.redrive(generation, stream));
    }

    private interface Work {
        ApplyResult in(Generation generation);
    }

    /** No generation that fails keeps the others from being written. */
    private ApplyResult everywhere(Work work) {
        ApplyResult applied = null;
        RuntimeException failure = null;
        for (Generation generation : generations.live()) {
            try {
                applied = work.in(generation);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return applied == null ? new ApplyResult.Outdated(generations.servedVersion()) : applied;
    }

    /** What keeps the processor going if a delivery never comes. */
    Repair repair(EventScan scan) {
        Reconciliation reconciliation = new Reconciliation(
                context.table(), ceilings -> reading(scan, ceilings), context.clock(), context.tasks());
        return new Repair(
                generations,
                applier,
                parking,
                this::redrive,
                context.clock(),
                reconciliation,
                new StreamSkip<>(context, generations, applier),
                new StatusLook(context, generations, scan));
    }

    private Reconciliation.Reading reading(EventScan scan, CapacityCeilings ceilings) {
        if (ceilings.equals(CapacityCeilings.NONE)) {
            return new Reconciliation.Reading(scan, generations);
        }
        CapacityThrottle throttle = new CapacityThrottle(context.clock(), context.backoff(), ceilings);
        return new Reconciliation.Reading(scan.under(throttle), new LiveGenerations(context.under(throttle, scan)));
    }

    ViewTable table() {
        return context.table();
    }

    /** What the processor makes of a stream up to a version. */
    StreamState stateAt(StreamId stream, long version) {
        return StreamState.at(context, stream, version);
    }

    /** What each event of a stream makes the processor do. */
    StreamReplay replay(StreamId stream, long from, long upTo) {
        return StreamReplay.of(context, stream, from, upTo);
    }

    /** Compares rows and positions with a restored event table. */
    RestoreFindings compare(EventScan restored, CapacityCeilings ceilings, String after) {
        CapacityThrottle throttle = new CapacityThrottle(context.clock(), context.backoff(), ceilings);
        return new RestoreComparison<>(context.under(throttle, restored), restored.under(throttle)).run(after);
    }

    /** Builds a new generation. */
    Rebuild rebuild(EventScan scan, RebuildPlan plan) {
        return new Rebuild(context, scan, plan);
    }

    /** What a rebuild will read and write. */
    RebuildEstimate estimate(EventScan scan, Duration waits) {
        return new RebuildSample(scan, context, context.backoff()).estimate(waits);
    }
}
