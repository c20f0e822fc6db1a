package dev.storyline.projections;

import dev.storyline.common.Deadline;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes batches of a feed apart: each stream in order, several streams at the same time. A failing stream does not keep
 * the others from going on.
 */
final class BatchIntake {
    private final EngineContext<?, ?> context;
    private final LiveGenerations generations;
    private final StreamApplier<?, ?> applier;
    private final StreamParking parking;

    BatchIntake(
            EngineContext<?, ?> context,
            LiveGenerations generations,
            StreamApplier<?, ?> applier,
            StreamParking parking) {
        this.context = context;
        this.generations = generations;
        this.applier = applier;
        this.parking = parking;
    }

    /**
     * Applies a batch.
     *
     * @return the sequences of the records to deliver again, because something outside the engine failed
     */
    List<String> apply(List<FeedRecord> batch) {
        Map<StreamId, List<FeedRecord>> streams = byStream(batch);
        if (streams.isEmpty()) {
            return List.of();
        }
        Map<Generation, Map<StreamId, FoldItem>> known;
        try {
            known = generations.withFolds(streams.keySet());
        } catch (RuntimeException e) {
            Tally.current().add(Metric.FAILURES, streams.size());
            EngineContext.LOG.log(
                    System.Logger.Level.WARNING,
                    "The positions of a batch could not be read; it is delivered again",
                    e);
            return streams.values().stream()
                    .flatMap(List::stream)
                    .map(FeedRecord::sequence)
                    .toList();
        }
        if (known.isEmpty()) {
            Tally.current().add(Metric.OUTDATED_SLICE, 1);
            EngineContext.LOG.log(
                    System.Logger.Level.WARNING, () -> context.line("outdated").text());
        }
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        List<Runnable> work = new ArrayList<>();
        streams.forEach((stream, records) ->
                work.add(() -> take(stream, records, known).forEach(record -> failed.add(record.sequence()))));
        context.tasks().runAll(work);
        return List.copyOf(failed);
    }

    private Map<StreamId, List<FeedRecord>> byStream(List<FeedRecord> batch) {
        Map<StreamId, List<FeedRecord>> streams = new LinkedHashMap<>();
        for (FeedRecord record : batch) {
            StreamId stream = record.target();
            if (stream != null) {
                streams.computeIfAbsent(stream, one -> new ArrayList<>()).add(record);
            }
            if (record instanceof FeedRecord.Alarming(String sequence, String trouble)) {
                EngineContext.LOG.log(
                        System.Logger.Level.ERROR,
                        () -> context.line("alarm")
                                .with("sequence", sequence)
                                .with("reason", trouble)
                                .text());
            }
        }
        return streams;
    }

    /**
     * Applies one stream's part of a batch to every generation. A generation that fails does not keep the others from
     * being written, and is parked alone.
     *
     * @return the records to deliver again
     */
    private List<FeedRecord> take(
            StreamId stream, List<FeedRecord> records, Map<Generation, Map<StreamId, FoldItem>> known) {
        if (Deadline.current().isNear()) {
            return records;
        }
        NavigableMap<Long, Commit> commits = new TreeMap<>();
        boolean toHead = false;
        for (FeedRecord record : records) {
            switch (record) {
                case FeedRecord.Inserted(String _, Commit commit) ->
                    Tally.current().add(Metric.DUPLICATES, commits.put(commit.version(), commit) == null ? 0 : 1);
                case FeedRecord.Unreadable _ -> toHead = true;
                case FeedRecord.Alarming _, FeedRecord.Altered _ -> {}
            }
        }
        long done = Long.MAX_VALUE;
        for (Map.Entry<Generation, Map<StreamId, FoldItem>> generation : known.entrySet()) {
            FoldItem fold = generation.getValue().get(stream);
            try {
                ApplyResult applied = applier.apply(
                        generation.getKey(), stream, fold == null ? context.noFold() : fold, commits, toHead);
                if (applied instanceof ApplyResult.Unfinished(long version)) {
                    done = Math.min(done, version);
                }
                parking.succeeded(generation.getKey(), stream);
            } catch (RuntimeException | Error e) {
                Tally.current().add(Metric.FAILURES, 1);
                EngineContext.LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "A delivery to the stream " + stream + " failed; its records are delivered again",
                        e);
                done = parking.failed(generation.getKey(), stream, e) ? done : 0;
            }
        }
        return after(done, records);
    }

    /** The records that are not done when the stream is done up to this version. */
    private static List<FeedRecord> after(long version, List<FeedRecord> records) {
        return records.stream()
                .filter(record -> record instanceof FeedRecord.Inserted(String _, Commit commit)
                        ? commit.last() > version
                        : version < Long.MAX_VALUE)
                .toList();
    }
}
