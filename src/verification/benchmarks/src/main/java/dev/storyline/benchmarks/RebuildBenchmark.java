package dev.storyline.benchmarks;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.Rebuild;
import dev.storyline.projections.RebuildPlan;
import dev.storyline.projections.ViewTable;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Measures a rebuild: against a parallel scan that decodes and groups the same items, against writing event by event, and
 * what live commits feel of it. Contenders take turns, so that a busy moment of the machine hits all of them.
 */
final class RebuildBenchmark {
    private static final int ROUNDS = 3;
    private static final int SEGMENTS = 4;
    private static final int EVENTS_IN_A_COMMIT = 10;
    private static final int COMMITS_IN_A_STREAM = 10;
    private static final int NAIVE_EVENTS = 20_000;
    private static final String HISTORY = "history";

    private final LocalDatabase tables;
    private final int events;
    private final EventCodec codec = new EventCodec(Wishes.LANGUAGE);
    private int tablesMade;

    RebuildBenchmark(LocalDatabase tables, int events) {
        this.tables = tables;
        this.events = events;
    }

    /**
     * Runs this benchmark alone. {@code --events N} sets the number of rebuilt events; the default is a million.
     */
    public static void main(String[] arguments) throws Exception {
        int events =
                arguments.length == 2 && arguments[0].equals("--events") ? Integer.parseInt(arguments[1]) : 1_000_000;
        try (LocalDatabase tables = LocalDatabase.open(null)) {
            new RebuildBenchmark(tables, events).print();
        }
        // DynamoDB Local leaves threads behind that would keep the process alive.
        System.exit(0);
    }

    /** A rebuild that was measured. */
    private record Measured(Rebuild.Built built, double readingSeconds, double seconds) {}

    void print() throws Exception {
        CommandBenchmark.create(tables.client(), HISTORY, "stream", "version", ScalarAttributeType.N);
        seed();
        int commits = events / EVENTS_IN_A_COMMIT;
        System.out.printf(
                Locale.ROOT,
                "Rebuild of %,d events in %,d commits of %,d streams, %d segments, %d rounds, contenders in turns%n",
                commits * EVENTS_IN_A_COMMIT,
                commits,
                commits / COMMITS_IN_A_STREAM,
                SEGMENTS,
                ROUNDS);
        read();
        rebuild(CapacityCeilings.NONE);
        List<Double> reads = new ArrayList<>();
        List<Measured> rebuilds = new ArrayList<>();
        List<Double> naive = new ArrayList<>();
        Memory memory = new Memory();
        for (int round = 0; round < ROUNDS; round++) {
            reads.add(events / seconds(this::read));
            memory.begin();
            rebuilds.add(rebuild(CapacityCeilings.NONE));
            memory.end();
            naive.add(Math.min(NAIVE_EVENTS, events) / seconds(this::writeEach));
        }
        Rebuild.Built built = rebuilds.getLast().built();
        line("a scan that decodes and groups the same items", reads, reads);
        line("rebuild, reading and writing", of(rebuilds, Measured::readingSeconds), reads);
        line("rebuild, heads compared, served", of(rebuilds, Measured::seconds), reads);
        line("written event by event, " + Math.min(NAIVE_EVENTS, events) + " of them", naive, reads);
        System.out.printf(
                Locale.ROOT,
                "%,.0f read units and %,.0f write units; heap at its peak %d MB above the %d MB before, DynamoDB"
                        + " Local's own work included%n%n",
                built.readUnits(),
                built.writeUnits(),
                memory.most >> 20,
                memory.before >> 20);
        new LiveLagBenchmark(tables, HISTORY, built).print();
    }

    private interface Figure {
        double of(Measured measured);
    }

    private List<Double> of(List<Measured> all, Figure seconds) {
        return all.stream().map(one -> events / seconds.of(one)).toList();
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }

    private static void line(String title, List<Double> rates, List<Double> reads) {
        System.out.printf(
                Locale.ROOT,
                "%-48s %,9.0f events/s (%,.0f to %,.0f), %.2f of the scan%n",
                title,
                median(rates),
                rates.stream().mapToDouble(rate -> rate).min().orElse(0),
                rates.stream().mapToDouble(rate -> rate).max().orElse(0),
                median(rates) / median(reads));
    }

    private interface Run {
        void go() throws Exception;
    }

    private static double seconds(Run work) throws Exception {
        long before = System.nanoTime();
        work.go();
        return (System.nanoTime() - before) / 1e9;
    }

    /** The heap at its peak, over several measured parts. */
    private static final class Memory {
        private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        private long before;
        private long most;

        void begin() {
            System.gc();
            before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        }

        void end() {
            long peak = pools.stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            most = Math.max(most, peak - before);
        }
    }

    private String table() {
        String name = "rebuilt-" + tablesMade++;
        CommandBenchmark.create(tables.client(), name, "pk", "sk", ScalarAttributeType.S);
        return name;
    }

    private ProjectionEngine engine(String view) {
        return ProjectionEngine.of(
                new DynamoDbEventStore(tables.client(), HISTORY),
                Wishes.LANGUAGE,
                new DeliveryBenchmark.OwnRow(),
                ViewTable.of(tables.client(), view, "own-row"),
                Clock.systemUTC(),
                Backoff.REAL,
                ParallelTasks.REAL);
    }

    /** Rebuilds into a new table, which is deleted afterwards. */
    private Measured rebuild(CapacityCeilings ceilings) {
        String view = table();
        long[] readUntil = new long[1];
        long before = System.nanoTime();
        Rebuild.Built built = engine(view)
                .rebuild(
                        new EventScan(tables.client(), HISTORY),
                        RebuildPlan.of(SEGMENTS, Duration.ZERO, Duration.ZERO)
                                .keeping(true)
                                .below(ceilings)
                                .telling(status -> {
                                    if (readUntil[0] == 0
                                            && status.work().doing().equals("comparing heads")) {
                                        readUntil[0] = System.nanoTime();
                                    }
                                }))
                .run();
        double all = (System.nanoTime() - before) / 1e9;
        tables.client().deleteTable(request -> request.tableName(view));
        return new Measured(built, (readUntil[0] - before) / 1e9, all);
    }

    private void seed() {
        int commits = events / EVENTS_IN_A_COMMIT;
        List<WriteRequest> some = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            String child = "c" + i / COMMITS_IN_A_STREAM;
            long version = (long) (i % COMMITS_IN_A_STREAM) * EVENTS_IN_A_COMMIT + 1;
            Map<String, AttributeValue> item =
                    CommitItem.of(DeliveryBenchmark.commit(codec, child, version, EVENTS_IN_A_COMMIT));
            some.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
            if (some.size() == 25 || i == commits - 1) {
                tables.client().batchWriteItem(request -> request.requestItems(Map.of(HISTORY, List.copyOf(some))));
                some.clear();
            }
        }
    }

    /** The events of one stream, as a segment meets them. */
    private interface Stream {
        void read(StreamId stream, List<Recorded<WishEvent>> events);
    }

    /**
     * Reads the history as a rebuild does: the same consistent pages, the same commits, the same decoding, and the events
     * of each stream together. What a rebuild takes beyond this are its steps and its writes.
     */
    private void read(long most, Stream to) {
        EventScan scan = new EventScan(tables.client(), HISTORY);
        List<Runnable> segments = new ArrayList<>();
        for (int i = 0; i < SEGMENTS; i++) {
            int segment = i;
            segments.add(() -> read(scan, segment, most / SEGMENTS, to));
        }
        ParallelTasks.REAL.runAll(segments);
    }

    private void read(EventScan scan, int segment, long most, Stream to) {
        EventScan.@Nullable After after = null;
        @Nullable StreamId stream = null;
        List<Recorded<WishEvent>> grouped = new ArrayList<>();
        long read = 0;
        do {
            EventScan.ScanPage page = scan.page(segment, SEGMENTS, after);
            for (Map<String, AttributeValue> item : page.items()) {
                EventScan.After at = Objects.requireNonNull(EventScan.place(item));
                if (!at.stream().equals(stream)) {
                    if (stream != null) {
                        to.read(stream, grouped);
                    }
                    if (read >= most) {
                        return;
                    }
                    stream = at.stream();
                    grouped = new ArrayList<>();
                }
                Commit commit = CommitItem.read(item);
                grouped.addAll(codec.decode(commit, WishEvent.class));
                read += commit.events().size();
            }
            after = page.next();
        } while (after != null);
        if (stream != null) {
            to.read(stream, grouped);
        }
    }

    private void read() {
        LongAdder decoded = new LongAdder();
        LongAdder streams = new LongAdder();
        read(Long.MAX_VALUE, (_, grouped) -> {
            decoded.add(grouped.size());
            streams.increment();
        });
        int commits = events / EVENTS_IN_A_COMMIT;
        if (decoded.sum() != (long) commits * EVENTS_IN_A_COMMIT
                || streams.sum() != (commits + COMMITS_IN_A_STREAM - 1) / COMMITS_IN_A_STREAM) {
            throw new IllegalStateException("Only " + decoded + " events of " + streams + " streams were read");
        }
    }

    /** A rebuild without merging: each event is stepped and written by itself, under a condition. */
    private void writeEach() {
        String view = table();
        read(Math.min(NAIVE_EVENTS, events), (stream, grouped) -> {
            int wishes = 0;
            for (Recorded<WishEvent> event : grouped) {
                wishes++;
                put(view, stream, event.version(), wishes);
            }
        });
        tables.client().deleteTable(request -> request.tableName(view));
    }

    private void put(String view, StreamId stream, long version, int wishes) {
        Map<String, AttributeValue> item = new HashMap<>(DeliveryBenchmark.fold(stream.toString(), version, wishes));
        item.put("row", AttributeValue.fromM(DeliveryBenchmark.shown(wishes)));
        tables.client().putItem(put -> {
            put.tableName(view).item(item);
            if (wishes == 1) {
                put.conditionExpression("attribute_not_exists(pk)");
            } else {
                put.conditionExpression("rev = :rev")
                        .expressionAttributeValues(Map.of(":rev", AttributeValue.fromN(Integer.toString(wishes - 1))));
            }
        });
    }
}
