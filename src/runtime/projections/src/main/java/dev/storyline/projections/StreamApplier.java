package dev.storyline.projections;

import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;

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
     * Applies commits, whatever their order, from a known fold item on.
     *
     * @param toHead whether to read the stream to its head first
     */
    ApplyResult apply(
            Generation generation,
            StreamId stream,
            FoldItem known,
            NavigableMap<Long, Commit> delivered,
            boolean toHead) {
        FoldItem fold = known;
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
            StreamRun<S, E> run = new StreamRun<>(context, generation, stream, fold, oneByOne);
            try {
                return run.apply(delivered, toHead);
            } catch (StreamRun.StaleFoldItem e) {
                context.cache().forget(generation, stream);
                context.backOff(tries);
            } catch (StreamRun.BatchRejected e) {
                oneByOne = true;
                tries--;
            }
            fold = context.fold(generation, stream);
        }
        throw StreamParking.tooManyWriters(stream);
    }

    /**
     * Marks a parked stream as catching up, so that deliveries apply again from now on, and only then reads the stream.
     * The mark is cleared at the head.
     */
    ApplyResult redrive(Generation generation, StreamId stream) {
        for (int tries = 1; tries <= EngineContext.MAX_TRIES; tries++) {
            FoldItem fold = context.fold(generation, stream);
            Parked standing = fold.standing();
            if (standing == null) {
                return apply(generation, stream, fold, Collections.emptyNavigableMap(), true);
            }
            FoldItem marked = fold.parked(standing.whileCatchingUp());
            if (generation.writer().write(stream, fold, marked, Map.of())) {
                return apply(generation, stream, marked.written(), Collections.emptyNavigableMap(), true);
            }
            context.backOff(tries);
        }
        throw StreamParking.tooManyWriters(stream);
    }

    /** Brings a stream up to its head, unless it is parked. */
    ApplyResult catchUp(Generation generation, StreamId stream) {
        return apply(generation, stream, context.fold(generation, stream), Collections.emptyNavigableMap(), true);
    }

    /** A run over a stream that has no fold item yet, for a rebuild that writes several streams at once. */
    StreamRun<S, E> begin(Generation generation, StreamId stream) {
        return new StreamRun<>(context, generation, stream, context.noFold(), false);
    }
}
