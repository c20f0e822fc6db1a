package dev.storyline.benchmarks;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.projections.FeedRecord;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.ViewTable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Measures the throughput and cost of event delivery, relative to the raw SDK in the same run. */
final class DeliveryBenchmark {
    private static final int BATCH = 100;
    private static final int STREAMS = 10;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final String WISH = "a red bicycle with a bell and two baskets";

    private final LocalDatabase tables;
    private final int seconds;
    private final EventCodec codec = new EventCodec(Wishes.LANGUAGE);
    private int tablesMade;

    DeliveryBenchmark(LocalDatabase tables, int seconds) {
        this.tables = tables;
        this.seconds = seconds;
    }

    /** The row of a view. */
    record Shown(String wish, int wishes) {}

    /** The number of wishes so far. */
    record Count(int wishes) {}

    /** Keeps one row for each stream, under the stream's own key. */
    record OwnRow() implements Projection<Count, WishEvent> {
        @Override
        public String name() {
            return "own-row";
        }

        @Override
        public Class<WishEvent> folds() {
            return WishEvent.class;
        }

        @Override
        public Count initialState() {
            return new Count(0);
        }

        @Override
        public Step<Count> step(Count state, Recorded<WishEvent> event) {
            Count next = new Count(state.wishes() + 1);
            return Step.to(next).putOwn(new Shown(WISH, next.wishes()));
        }
    }

    /** Keeps five rows for each stream, and one total for all streams. */
    private record RowsAndTotal() implements Projection<Count, WishEvent> {
        private static final RowKey TOTAL = new RowKey("total", "wishes");

        @Override
        public String name() {
            return "rows-and-total";
        }

        @Override
        public Class<WishEvent> folds() {
            return WishEvent.class;
        }

        @Override
        public Count initialState() {
            return new Count(0);
        }

        @Override
        public Step<Count> step(Count state, Recorded<WishEvent> event) {
            Count next = new Count(state.wishes() + 1);
            RowKey row = new RowKey(event.stream().toString(), "wish#" + next.wishes() % 5);
            return Step.to(next).put(row, new Shown(WISH, next.wishes())).add(TOTAL, Map.of("wishes", BigDecimal.ONE));
        }
    }

    void print() throws Exception {
        System.out.println(
                "Events through the engine, batches of 100 from 10 streams, over the raw SDK writing the same rows");
        System.out.printf(
                Locale.ROOT,
                "%-24s %12s %12s %7s %16s %9s %9s %12s%n",
                "view",
                "engine ev/s",
                "raw ev/s",
                "ratio",
                "ratio, each event",
                "RCU/event",
                "WCU/event",
                "a duplicate");
        live("row is its fold item", new OwnRow(), false);
        live("five rows and a total", new RowsAndTotal(), true);
    }

    /** A commit of so many events. */
    static Commit commit(EventCodec codec, String child, long version, int count) {
        List<StoredEvent> stored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stored.add(codec.encode(new WishApproved(new WishId("w" + (version + i)), new ChildId(child), WISH)));
        }
        return new Commit(
                Wishes.stream(new ChildId(child)),
                version,
                child + "-" + version,
                AT,
                stored,
                new CommitMetadata("anonymous", "conversation", null, null, null));
    }

    /** Returns the next batch: 10 commits of one event for each of 10 streams. */
    private List<FeedRecord> batch(int number) {
        List<FeedRecord> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            Commit commit = commit(codec, "c" + i % STREAMS, number * 10L + i / STREAMS + 1, 1);
            batch.add(new FeedRecord.Inserted(number + "-" + i, commit));
        }
        return batch;
    }

    private String table() {
        String name = "delivery-" + tablesMade++;
        CommandBenchmark.create(tables.client(), name, "pk", "sk", ScalarAttributeType.S);
        return name;
    }

    private <S> void live(String title, Projection<S, WishEvent> projection, boolean transactions) throws Exception {
        Calls calls = new Calls();
        ProjectionEngine counted = engine(calls.on(tables), projection, table());
        counted.apply(batch(0));
        calls.reset();
        counted.apply(batch(1));
        double reads = calls.readUnits() / BATCH;
        double writes = calls.writeUnits() / (double) BATCH;
        calls.reset();
        counted.apply(batch(1));
        String duplicate = calls.writeUnits() == 0 ? "reads only" : calls.writeUnits() + " WCU";

        ProjectionEngine engine = engine(tables.client(), projection, table());
        String raw = table();
        int[] done = new int[3];
        Contender ours = new Contender(n -> {
            List<FeedRecord> batch = batch(done[0]++);
            return () -> engine.apply(batch);
        });
        Contender theirs = new Contender(n -> {
            int number = done[1]++;
            return () -> writeRaw(raw, number, transactions);
        });
        String eachTable = table();
        Contender each = new Contender(n -> {
            int number = done[2]++;
            return () -> writeEach(eachTable, number, transactions);
        });
        long nanos = Duration.ofSeconds(seconds).toNanos();
        List<Contender> contenders = List.of(ours, theirs, each);
        for (Contender contender : contenders) {
            contender.warmUp(1, nanos);
        }
        for (int round = 0; round < 5; round++) {
            for (Contender contender : contenders) {
                contender.measure(1, nanos);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-24s %12.0f %12.0f %7.2f %16.2f %9.2f %9.2f %12s%n",
                title,
                ours.perSecond() * BATCH,
                theirs.perSecond() * BATCH,
                ours.perSecond() / theirs.perSecond(),
                ours.perSecond() / each.perSecond(),
                reads,
                writes,
                duplicate);
    }

    private <S> ProjectionEngine engine(DynamoDbClient client, Projection<S, WishEvent> projection, String table) {
        return ProjectionEngine.of(
                new DynamoDbEventStore(client, CommandBenchmark.EVENTS),
                Wishes.LANGUAGE,
                projection,
                ViewTable.of(client, table, projection.name()),
                Clock.systemUTC(),
                Backoff.REAL,
                ParallelTasks.REAL);
    }

    /** Writes the same rows as the engine for one batch: ten streams in parallel, each row under a condition. */
    private void writeRaw(String table, int number, boolean transactions) {
        List<Runnable> tasks = new ArrayList<>();
        for (int stream = 0; stream < STREAMS; stream++) {
            String child = "child#c" + stream;
            tasks.add(() -> {
                if (transactions) {
                    transact(table, child, number);
                } else {
                    put(table, child, number);
                }
            });
        }
        ParallelTasks.REAL.runAll(tasks);
    }

    /**
     * Writes once for each event of a batch, like an implementation without merging: ten writes for each of ten
     * parallel streams.
     */
    private void writeEach(String table, int number, boolean transactions) {
        for (int i = 0; i < BATCH / STREAMS; i++) {
            writeRaw(table, number * BATCH / STREAMS + i, transactions);
        }
    }

    private static Map<String, AttributeValue> fold(String child, int number) {
        return fold(child, number * 10L + 10, number + 1);
    }

    /** What a fold item of the engine has. */
    static Map<String, AttributeValue> fold(String child, long position, int rev) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("pk", AttributeValue.fromS(child));
        item.put("sk", AttributeValue.fromS("@own-row"));
        item.put("pos", AttributeValue.fromN(Long.toString(position)));
        item.put("rev", AttributeValue.fromN(Integer.toString(rev)));
        item.put("machine", AttributeValue.fromN("1"));
        item.put("commit", AttributeValue.fromS("c1-" + position));
        item.put("state", AttributeValue.fromS("{\"wishes\":" + rev + "}"));
        return item;
    }

    /** The row that a view shows. */
    static Map<String, AttributeValue> shown(int number) {
        return Map.of("wish", AttributeValue.fromS(WISH), "wishes", AttributeValue.fromN(Integer.toString(number)));
    }

    private void put(String table, String child, int number) {
        Map<String, AttributeValue> item = fold(child, number);
        item.put("row", AttributeValue.fromM(shown(number)));
        tables.client().putItem(put -> {
            put.tableName(table).item(item);
            if (number == 0) {
                put.conditionExpression("attribute_not_exists(pk)");
            } else {
                put.conditionExpression("rev = :rev")
                        .expressionAttributeValues(Map.of(":rev", AttributeValue.fromN(Integer.toString(number))));
            }
        });
    }

    private void transact(String table, String child, int number) {
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(TransactWriteItem.builder()
                .put(put -> {
                    put.tableName(table).item(fold(child, number));
                    if (number == 0) {
                        put.conditionExpression("attribute_not_exists(pk)");
                    } else {
                        put.conditionExpression("rev = :rev")
                                .expressionAttributeValues(
                                        Map.of(":rev", AttributeValue.fromN(Integer.toString(number))));
                    }
                })
                .build());
        for (int i = 0; i < 5; i++) {
            Map<String, AttributeValue> row = new HashMap<>(shown(number));
            row.put("pk", AttributeValue.fromS(child));
            row.put("sk", AttributeValue.fromS("wish#" + i));
            parts.add(TransactWriteItem.builder()
                    .put(put -> put.tableName(table).item(row))
                    .build());
        }
        parts.add(TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(Map.of("pk", AttributeValue.fromS("total"), "sk", AttributeValue.fromS("wishes")))
                        .updateExpression("ADD wishes :n")
                        .expressionAttributeValues(Map.of(":n", AttributeValue.fromN("10"))))
                .build());
        while (true) {
            try {
                tables.client().transactWriteItems(request -> request.transactItems(parts));
                return;
            } catch (TransactionCanceledException e) {
                // Ten transactions conflict on one total. The engine has the same conflicts and also retries.
                if (e.cancellationReasons().stream()
                        .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
                    throw e;
                }
            }
        }
    }
}
