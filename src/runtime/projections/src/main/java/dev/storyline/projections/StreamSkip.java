package dev.storyline.projections;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a parked stream step over exactly one commit: the fold item moves behind it under the revision that was read,
 * together with a record of who did it and why. A projection leaves the commit out of its rows and its state. An event
 * handler gives its effects up, and takes it into its state if it can.
 */
final class StreamSkip<S, E> {
    private static final String OTHER_VERSION = "The view is of another version of the projection: rebuild it.";

    private final EngineContext<S, E> context;
    private final LiveGenerations generations;
    private final StreamApplier<S, E> applier;

    StreamSkip(EngineContext<S, E> context, LiveGenerations generations, StreamApplier<S, E> applier) {
        this.context = context;
        this.generations = generations;
        this.applier = applier;
    }

    /**
     * Who skips, and why.
     *
     * @param version the version at which the stream is parked; a stream that stands elsewhere is left as it is
     */
    record Order(StreamId stream, long version, String actor, String reason) {}

    /** The generation that is served. */
    Generation served() {
        return context.table().generation(context.table().generations().serving());
    }

    /** Skips the commit in every generation in which the stream is parked there. */
    SkipResult skip(Order order) {
        SkipResult result = new SkipResult.NotSkipped(OTHER_VERSION);
        for (Generation generation : generations.live()) {
            SkipResult here = skip(generation, order);
            result = result instanceof SkipResult.Done ? result : here;
        }
        return result;
    }

    private SkipResult skip(Generation generation, Order order) {
        StreamId stream = order.stream();
        for (int tries = 1; tries <= EngineContext.MAX_TRIES; tries++) {
            FoldItem fold = context.fold(generation, stream);
            Parked standing = fold.standing();
            if (standing == null || fold.pos() + 1 != order.version()) {
                return elsewhere(generation, order, fold);
            }
            if (context.processor() instanceof StreamProcessor.Projecting<S, E>
                    && fold.machine() != context.processor().version()) {
                return new SkipResult.NotSkipped(OTHER_VERSION);
            }
            Commit commit = commit(stream, fold.pos());
            if (commit == null) {
                return new SkipResult.NotSkipped("The stream " + stream + " has no commit at version " + order.version()
                        + " that can be read, so it cannot be told where the next one begins.");
            }
            Skipped skipped = new Skipped(
                    stream.toString(),
                    commit.version(),
                    commit.last(),
                    commit.id(),
                    context.clock().instant(),
                    order.actor(),
                    order.reason(),
                    standing.reason());
            StreamRun<S, E> run = new StreamRun<>(context, generation, stream, fold, null, true);
            if (run.stepAside(commit, standing.whileCatchingUp(), skipped)) {
                return new SkipResult.Done(skipped, applier.redrive(generation, stream));
            }
            context.backOff(tries);
        }
        throw StreamParking.tooManyWriters(stream);
    }

    /** Whoever asks a second time, because the first answer was lost, gets the same answer. */
    private SkipResult elsewhere(Generation generation, Order order, FoldItem fold) {
        Parked standing = fold.standing();
        Skipped earlier = generation.reader().skipped(order.stream(), order.version());
        if (earlier != null) {
            ApplyResult now = standing != null
                    ? new ApplyResult.Standing(standing)
                    : fold.parked() == null
                            ? new ApplyResult.Reached(fold.pos())
                            : new ApplyResult.Unfinished(fold.pos());
            return new SkipResult.Done(earlier, now);
        }
        return new SkipResult.NotSkipped("The stream " + order.stream() + " is not parked at version " + order.version()
                + (standing == null ? "." : ", but at version " + standing.version() + "."));
    }

    /** The commit after a position; null if there is none that can be read. */
    private @Nullable Commit commit(StreamId stream, long position) {
        List<Commit> found = new ArrayList<>();
        try {
            context.store().read(stream, position, position + 1, found::add);
        } catch (StoreFailure.Corrupted e) {
            return null;
        }
        return found.isEmpty() ? null : found.getFirst();
    }
}
