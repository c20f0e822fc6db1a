package dev.storyline.projections;

import dev.storyline.common.Deadline;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies commits of one stream to one generation, exactly once in effect: the fold item knows the position, and its
 * revision settles which of two concurrent invocations applies a step.
 */
final class StreamApplier<S, E> {
    private final EngineContext<S, E> context;

    StreamApplier(EngineContext<S, E> context) {
        this.context = context;
    }

    /**
     * Applies commits, whatever their order, from a known fold item on, which others may have written since.
     *
     * @param toHead whether to read the stream to its head first
     */
    ApplyResult apply(
            Generation generation,
            StreamId stream,
            FoldItem known,
            NavigableMap<Long, Commit> delivered,
            boolean toHead) {
        return apply(generation, stream, known, null, delivered, toHead);
    }

    private ApplyResult apply(
            Generation generation,
            StreamId stream,
            FoldItem known,
            @Nullable Instant knownAt,
            NavigableMap<Long, Commit> delivered,
            boolean toHead) {
        FoldItem fold = known;
        Instant currentAt = knownAt;
        boolean oneByOne = false;
        for (int tries = 1; tries <= EngineContext.MAX_TRIES; tries++) {
            Parked standing = fold.standing();
            if (standing != null) {
                return new ApplyResult.Standing(standing);
            }
            if (fold.machine() != context.processor().version()
                    && context.processor() instanceof StreamProcessor.Projecting<S, E>) {
                return new ApplyResult.Outdated(fold.machine());
            }
            StreamRun<S, E> run = new StreamRun<>(context, generation, stream, fold, currentAt, oneByOne);
            try {
                return run.apply(delivered, toHead);
            } catch (StreamRun.StaleFoldItem e) {
                Tally.current().add(Metric.CONFLICTS, 1);
                context.cache().forget(generation, stream);
                context.backOff(tries);
            } catch (StreamRun.BatchRejected e) {
                oneByOne = true;
                tries--;
            }
            currentAt = context.clock().instant();
            fold = context.fold(generation, stream);
        }
        throw StreamParking.tooManyWriters(stream);
    }

    /**
     * Marks a parked stream as catching up, so that deliveries apply again from now on, and only then reads the stream.
     * The mark is cleared at the head. A redrive that runs out of time leaves the mark, and the next one continues.
     */
    ApplyResult redrive(Generation generation, StreamId stream) {
        if (Deadline.current().isNear()) {
            return new ApplyResult.Unfinished(0);
        }
        for (int tries = 1; tries <= EngineContext.MAX_TRIES; tries++) {
            Instant now = context.clock().instant();
            FoldItem fold = context.fold(generation, stream);
            Parked standing = fold.standing();
            if (standing == null) {
                return apply(generation, stream, fold, now, Collections.emptyNavigableMap(), true);
            }
            FoldItem marked = fold.parked(standing.whileCatchingUp());
            if (generation.writer().write(stream, fold, marked, Map.of())) {
                return apply(generation, stream, marked.written(), now, Collections.emptyNavigableMap(), true);
            }
            context.backOff(tries);
        }
        throw StreamParking.tooManyWriters(stream);
    }

    /** Brings a stream up to its head, unless it is parked. If the time is over before, the next redrive continues. */
    ApplyResult catchUp(Generation generation, StreamId stream) {
        Instant now = context.clock().instant();
        FoldItem fold = context.fold(generation, stream);
        ApplyResult applied = apply(generation, stream, fold, now, Collections.emptyNavigableMap(), true);
        if (applied instanceof ApplyResult.Unfinished) {
            leaveToRedrive(generation, stream);
        }
        return applied;
    }

    private void leaveToRedrive(Generation generation, StreamId stream) {
        for (int tries = 1; tries <= EngineContext.MAX_TRIES; tries++) {
            FoldItem fold = context.fold(generation, stream);
            if (fold.parked() != null) {
                return;
            }
            Parked unfinished =
                    Parked.unfinished(fold.pos() + 1, context.clock().instant());
            if (generation.writer().write(stream, fold, fold.parked(unfinished), Map.of())) {
                return;
            }
            context.backOff(tries);
        }
        throw StreamParking.tooManyWriters(stream);
    }

    /** A run over a stream that has no fold item yet, for a rebuild that writes several streams at once. */
    StreamRun<S, E> begin(Generation generation, StreamId stream) {
        return new StreamRun<>(context, generation, stream, context.noFold(), null, false);
    }
}
