package dev.storyline.local.history;

import dev.storyline.common.Backoff;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads all commits of all contexts once, in parallel segments, eventually consistent. There is no index by correlation, so
 * whatever looks for commits has to pass over the others: half a read unit for each 4 KB of the event tables.
 */
final class CommitScan {
    private static final int SEGMENTS = 4;
    private static final int AT_ONCE = 8;
    private static final int MOST_TRIES = 10;
    private static final long FIRST_PAUSE_NANOS = 100_000_000;
    private static final long LONGEST_PAUSE_NANOS = 10_000_000_000L;

    private final EventTables tables;
    private final ReadCeiling ceiling;
    private final Consumer<ScanProgress> progress;
    private final AtomicLong scanned = new AtomicLong();
    private final AtomicLong foreign = new AtomicLong();
    private final AtomicLong archived = new AtomicLong();
    private final long startedAt = System.nanoTime();
    private long commits;
    private volatile boolean enough;

    /**
     * A scan.
     *
     * @param readUnits the most read units in a second; 0 for no ceiling
     * @param progress gets how far it is, from several threads, one at a time
     */
    CommitScan(EventTables tables, int readUnits, Consumer<ScanProgress> progress) {
        this.tables = tables;
        this.ceiling = new ReadCeiling(readUnits);
        this.progress = progress;
    }

    /** Takes what is found. Called by one thread at a time. */
    @FunctionalInterface
    interface Taker {
        /** Returns whether it takes more. */
        boolean take(String context, Commit commit);
    }

    /**
     * Reads until everything is read, or the taker has enough.
     *
     * @return how far it came
     */
    ScanProgress run(EventScan.Wanted wanted, Taker taker) {
        for (String context : tables.contexts()) {
            commits += tables.scan(context).size().commits();
        }
        List<Future<?>> segments = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int segment = 0; segment < SEGMENTS; segment++) {
                for (String context : tables.contexts()) {
                    int part = segment;
                    segments.add(threads.submit(() -> {
                        read(context, part, wanted, taker);
                        return null;
                    }));
                }
            }
            await(segments, threads);
        }
        return progress();
    }

    private static void await(List<Future<?>> segments, ExecutorService threads) {
        try {
            for (Future<?> segment : segments) {
                segment.get();
            }
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void read(String context, int segment, EventScan.Wanted wanted, Taker taker) throws InterruptedException {
        EventScan scan = tables.scan(context);
        EventScan.After after = null;
        do {
            EventScan.MatchPage page = page(scan, segment, after, wanted);
            scanned.addAndGet(page.scanned());
            take(context, page.items(), taker);
            after = page.next();
            ceiling.count(page.units());
        } while (after != null && !enough);
    }

    /** One page. Where DynamoDB throttles, it is asked again, later each time: others may need the table more. */
    private static EventScan.MatchPage page(
            EventScan scan, int segment, EventScan.@Nullable After after, EventScan.Wanted wanted) {
        for (int tries = 1; ; tries++) {
            try {
                return scan.matching(segment, SEGMENTS, after, wanted);
            } catch (StoreFailure.Throttled e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                Backoff.REAL.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
            }
        }
    }

    private synchronized void take(String context, List<Map<String, AttributeValue>> items, Taker taker) {
        for (Map<String, AttributeValue> item : items) {
            if (EventScan.isTombstone(item)) {
                archived.incrementAndGet();
                continue;
            }
            try {
                enough = enough || !taker.take(context, CommitItem.read(item));
            } catch (StoreFailure.Corrupted e) {
                // What no event store wrote is not looked for, and must not hide the rest.
                foreign.incrementAndGet();
            }
        }
        progress.accept(progress());
    }

    private ScanProgress progress() {
        return new ScanProgress(
                scanned.get(),
                commits,
                foreign.get(),
                archived.get(),
                ceiling.units(),
                (System.nanoTime() - startedAt) / 1e9,
                !enough);
    }
}
