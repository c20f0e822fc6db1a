package dev.storyline.benchmarks;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.projections.FeedRecord;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.Rebuild;
import dev.storyline.projections.RebuildPlan;
import dev.storyline.projections.ViewTable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Measures how late the live view is while another thread rebuilds it: commits come at a steady rate, a feed applies them
 * in batches as they come, and the lag of a commit is the time from before its append until the view has it.
 */
final class LiveLagBenchmark {
    private static final int COMMITS_A_SECOND = 50;
    private static final int LIVE_STREAMS = 25;
    private static final int BATCH = 100;
    private static final Duration CALM = Duration.ofSeconds(20);
    private static final int ROUNDS = 3;
    private static final int CEILED_SECONDS = 40;
    private static final String VIEW = "live-lag";

    private final LocalDatabase tables;
    private final String history;
    private final CapacityCeilings ceilings;
    private final EventCodec codec = new EventCodec(Wishes.LANGUAGE);
    private final ProjectionEngine engine;
    private int appended;

    /**
     * Measures on a history.
     *
     * @param whole what a rebuild of it costs
     */
    LiveLagBenchmark(LocalDatabase tables, String history, Rebuild.Built whole) {
        this.tables = tables;
        this.history = history;
        this.ceilings = new CapacityCeilings(Math.max(1, (int) (whole.readUnits() / CEILED_SECONDS)), Math.max(1, (int)
                (whole.writeUnits() / CEILED_SECONDS)));
        CommandBenchmark.create(tables.client(), VIEW, "pk", "sk", ScalarAttributeType.S);
        this.engine = ProjectionEngine.of(
                new DynamoDbEventStore(tables.client(), history),
                Wishes.LANGUAGE,
                new DeliveryBenchmark.OwnRow(),
                ViewTable.of(tables.client(), VIEW, "own-row"),
                Clock.systemUTC(),
                Backoff.REAL,
                ParallelTasks.REAL);
    }

    void print() throws Exception {
        List<Long> alone = new ArrayList<>();
        List<Long> free = new ArrayList<>();
        List<Long> ceiled = new ArrayList<>();
        measured(() -> LockSupport.parkNanos(CALM.toNanos() / 4));
        for (int round = 0; round < ROUNDS; round++) {
            alone.addAll(measured(() -> LockSupport.parkNanos(CALM.toNanos())));
            free.addAll(measured(() -> rebuild(CapacityCeilings.NONE)));
            ceiled.addAll(measured(() -> rebuild(ceilings)));
        }
        System.out.printf(
                Locale.ROOT,
                "Lag of the live view, %d commits/s, %d rounds in turns; all share two processors and one DynamoDB"
                        + " Local%n",
                COMMITS_A_SECOND,
                ROUNDS);
        line("without a rebuild", alone, alone);
        line("during a rebuild without ceilings", free, alone);
        line(
                "during one of " + ceilings.readUnits() + " read and " + ceilings.writeUnits() + " write units/s",
                ceiled,
                alone);
    }

    private static void line(String title, List<Long> lags, List<Long> alone) {
        System.out.printf(
                Locale.ROOT,
                "%-48s p50 %6.1f ms, p99 %6.1f ms, %.2f of p99 without%n",
                title,
                millis(lags, 0.5),
                millis(lags, 0.99),
                millis(lags, 0.99) / millis(alone, 0.99));
    }

    private static double millis(List<Long> all, double share) {
        return all.stream()
                        .sorted()
                        .skip((long) (share * (all.size() - 1)))
                        .findFirst()
                        .orElseThrow()
                / 1e6;
    }

    private void rebuild(CapacityCeilings limits) {
        engine.rebuild(
                        new EventScan(tables.client(), history),
                        RebuildPlan.of(4, Duration.ofSeconds(1), Duration.ofSeconds(1))
                                .below(limits))
                .run();
    }

    private record Sent(FeedRecord record, long at) {}

    /** The lags of live commits while something is done. */
    private List<Long> measured(Runnable something) throws Exception {
        BlockingQueue<Sent> feed = new LinkedBlockingQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Long> lags = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> writer = threads.submit(() -> append(feed, over));
            Future<?> reader = threads.submit(() -> {
                apply(feed, over, lags);
                return null;
            });
            try {
                something.run();
            } finally {
                over.set(true);
            }
            writer.get();
            reader.get();
        }
        return lags;
    }

    private void append(BlockingQueue<Sent> feed, AtomicBoolean over) {
        DynamoDbEventStore store = new DynamoDbEventStore(tables.client(), history);
        long begun = System.nanoTime();
        for (int i = 0; !over.get(); i++) {
            long due = begun + i * (TimeUnit.SECONDS.toNanos(1) / COMMITS_A_SECOND);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            int number = appended++;
            Commit commit =
                    DeliveryBenchmark.commit(codec, "live-" + number % LIVE_STREAMS, number / LIVE_STREAMS + 1L, 1);
            // From when it was due: a stalled append counts as lag, too.
            store.append(commit);
            feed.add(new Sent(new FeedRecord.Inserted(commit.id(), commit), due));
        }
    }

    private void apply(BlockingQueue<Sent> feed, AtomicBoolean over, List<Long> lags) throws InterruptedException {
        while (!over.get() || !feed.isEmpty()) {
            Sent first = feed.poll(100, TimeUnit.MILLISECONDS);
            if (first == null) {
                continue;
            }
            List<Sent> batch = new ArrayList<>(List.of(first));
            feed.drainTo(batch, BATCH - 1);
            List<String> failed = engine.apply(batch.stream().map(Sent::record).toList());
            if (!failed.isEmpty()) {
                throw new IllegalStateException("Not applied: " + failed);
            }
            long now = System.nanoTime();
            batch.forEach(one -> lags.add(now - one.at()));
        }
    }
}
