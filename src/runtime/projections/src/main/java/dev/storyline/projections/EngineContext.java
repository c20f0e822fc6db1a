package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.CapacityThrottle;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.time.Clock;

/**
 * What all parts of an engine share.
 *
 * @param store the events
 * @param codec reads the events of a commit
 * @param processor the projection or event handler
 * @param table the table of its fold items and rows
 * @param clock the time
 * @param backoff how the engine waits before it tries again
 * @param tasks how the engine works on several streams at the same time
 * @param cache fold items that this process wrote
 * @param <S> the processor's state
 * @param <E> the family of events
 */
record EngineContext<S, E>(
        EventStore store,
        EventCodec codec,
        StreamProcessor<S, E> processor,
        ViewTable table,
        Clock clock,
        Backoff backoff,
        ParallelTasks tasks,
        FoldItemCache cache) {
    /** How often a write of a fold item is tried against other writers. */
    static final int MAX_TRIES = 12;

    static final System.Logger LOG = System.getLogger("dev.storyline.projections");
    private static final int LONGEST_REASON = 500;
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    static <S, E> EngineContext<S, E> of(
            EventStore store,
            Language language,
            StreamProcessor<S, E> processor,
            ViewTable table,
            Clock clock,
            Backoff backoff,
            ParallelTasks tasks) {
        return new EngineContext<>(
                store, new EventCodec(language), processor, table, clock, backoff, tasks, new FoldItemCache());
    }

    /** The same engine with calls that a throttle holds back and counts. */
    EngineContext<S, E> under(CapacityThrottle throttle, EventScan scan) {
        return new EngineContext<>(
                scan.under(throttle).streams(), codec, processor, table.under(throttle), clock, backoff, tasks, cache);
    }

    /** The same engine over a table that keeps nothing. */
    EngineContext<S, E> unwritten(UnwrittenDynamoDb nowhere) {
        return new EngineContext<>(
                store,
                codec,
                processor,
                ViewTable.of(nowhere, "none", processor.name()),
                clock,
                backoff,
                tasks,
                new FoldItemCache());
    }

    /** The fold item of a stream, read consistently; a new one if there is none. */
    FoldItem fold(Generation generation, StreamId stream) {
        FoldItem fold = generation.reader().fold(stream);
        return fold == null ? noFold() : fold;
    }

    /** The fold item of a stream of which nothing is written yet. */
    FoldItem noFold() {
        return FoldItem.none(processor.version());
    }

    /** Waits before the next try to write a fold item. */
    void backOff(int tries) {
        backoff.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    }

    String json(S state) {
        try {
            return Json.mapper().writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The state of " + processor.name() + " cannot be written as JSON; make it a record of JSON types",
                    e);
        }
    }

    LogLine line(String what) {
        return LogLine.of(what).with("machine", processor.name());
    }

    void logParked(StreamId stream, Parked parked) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> line("parked")
                        .with("stream", stream.toString())
                        .with("version", parked.version())
                        .with("kind", parked.kind().word())
                        .with("reason", parked.reason())
                        .text());
    }

    /** Why a stream is parked, in one sentence of at most 500 characters. */
    static String reason(Throwable e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
