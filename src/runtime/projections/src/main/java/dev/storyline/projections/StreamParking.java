package dev.storyline.projections;

import dev.storyline.common.LruCache;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.StreamId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Parks streams whose deliveries keep failing for a reason outside their events. The engine retries them later. */
final class StreamParking {
    /** Failed deliveries of one stream before it is parked. */
    static final int MAX_DELIVERIES = 5;

    private static final int MAX_FAILING = 10_000;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private final EngineContext<?, ?> context;
    private final Map<GenerationStream, Integer> failures = Collections.synchronizedMap(new LruCache<>(MAX_FAILING));

    StreamParking(EngineContext<?, ?> context) {
        this.context = context;
    }

    private record GenerationStream(int generation, StreamId stream) {}

    /** A delivery was applied. */
    void succeeded(Generation generation, StreamId stream) {
        failures.remove(new GenerationStream(generation.number(), stream));
    }

    /**
     * A delivery has failed.
     *
     * @return whether the stream is parked now, so that the delivery can be acknowledged
     */
    boolean failed(Generation generation, StreamId stream, Throwable cause) {
        GenerationStream failing = new GenerationStream(generation.number(), stream);
        return Objects.requireNonNull(failures.merge(failing, 1, Integer::sum)) >= MAX_DELIVERIES
                && park(stream, List.of(generation), cause);
    }

    /** Parks a stream until its next retry; false, and a line in the log, if even that fails. */
    boolean park(StreamId stream, Iterable<Generation> generations, Throwable cause) {
        try {
            generations.forEach(generation -> {
                park(generation, stream, cause);
                succeeded(generation, stream);
            });
            return true;
        } catch (RuntimeException e) {
            EngineContext.LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "The stream " + stream + " could not be parked; its records are delivered again",
                    e);
            return false;
        }
    }

    /** Each time that a stream is parked, its next retry comes later. */
    private void park(Generation generation, StreamId stream, Throwable cause) {
        for (int tries = 1; tries <= EngineContext.MAX_TRIES; tries++) {
            FoldItem fold = context.fold(generation, stream);
            if (fold.standing() != null) {
                return;
            }
            int before = fold.parked() == null ? 0 : fold.parked().tries() + 1;
            Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(before, 20));
            Parked parked = Parked.forNow(
                    fold.pos() + 1,
                    EngineContext.reason(cause),
                    fold.parked() == null
                            ? context.clock().instant()
                            : fold.parked().at(),
                    before,
                    context.clock().instant().plus(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY));
            if (generation.writer().write(stream, fold, fold.parked(parked), Map.of())) {
                context.logParked(stream, parked);
                return;
            }
            context.backOff(tries);
        }
        throw tooManyWriters(stream);
    }

    static StoreFailure tooManyWriters(StreamId stream) {
        return new StoreFailure.Unavailable(new IllegalStateException("The fold item of " + stream
                + " was written by others in each of " + EngineContext.MAX_TRIES + " tries"));
    }
}
