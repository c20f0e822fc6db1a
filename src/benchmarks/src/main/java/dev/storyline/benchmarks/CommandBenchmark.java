package dev.storyline.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.ItemSize;
import dev.storyline.eventstore.Json;
import dev.storyline.eventstore.Meta;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.Deployment;
import dev.storyline.local.LocalCloud;
import dev.storyline.wishes.makewish.MakeWishFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Commands per second through the function of make-wish (its inner door: load, decide, append) over the raw SDK doing
 * the same Query and conditional PutItem with the same client, and what a command costs. Rounds of both alternate, and
 * medians are compared, so that whatever else the machine does touches both.
 */
public final class CommandBenchmark {
    private static final String TABLE = "events";
    private static final int ROUNDS = 5;

    private final DynamoDbClient client;
    private final long roundNanos;
    private final Calls calls;

    private CommandBenchmark(DynamoDbClient client, Calls calls, int seconds) {
        this.client = client;
        this.calls = calls;
        this.roundNanos = seconds * 1_000_000_000L / ROUNDS;
    }

    /** Counts round trips and capacity units by AWS's rules. */
    private static final class Calls implements ExecutionInterceptor {
        private final AtomicInteger trips = new AtomicInteger();
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof QueryRequest && context.response() instanceof QueryResponse response) {
                trips.incrementAndGet();
                reads.addAndGet(ItemSize.strongReadUnits(
                        response.items().stream().mapToInt(ItemSize::bytes).sum()));
            } else if (context.request() instanceof PutItemRequest put) {
                trips.incrementAndGet();
                writes.addAndGet(ItemSize.writeUnits(ItemSize.bytes(put.item())));
            }
        }

        void reset() {
            trips.set(0);
            reads.set(0);
            writes.set(0);
        }

        @Override
        public String toString() {
            return trips + " round trips, " + reads + " read units, " + writes + " write units";
        }
    }

    /** Runs everything; {@code --seconds N} for each measurement, 4 where nothing is said. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length == 2 && arguments[0].equals("--seconds") ? Integer.parseInt(arguments[1]) : 4;
        try (LocalCloud.Tables tables = LocalCloud.Tables.open(null)) {
            tables.create(List.of(
                    new Deployment.Table(
                            TABLE,
                            Map.of("stream", "S", "version", "N"),
                            ordered("stream", "HASH", "version", "RANGE"),
                            List.of(),
                            "",
                            ""),
                    new Deployment.Table(
                            "naughty",
                            Map.of("pk", "S", "sk", "S"),
                            ordered("pk", "HASH", "sk", "RANGE"),
                            List.of(),
                            "",
                            "")));
            Calls calls = new Calls();
            DynamoDbClient counted = DynamoDbClient.builder()
                    .endpointOverride(tables.dynamo().endpoint())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                    .httpClient(tables.http())
                    .overrideConfiguration(override -> override.addExecutionInterceptor(calls))
                    .build();
            CommandBenchmark benchmark = new CommandBenchmark(tables.client(), calls, seconds);
            benchmark.speed();
            new CommandBenchmark(counted, calls, seconds).cost();
        }
        System.exit(0);
    }

    private static Map<String, String> ordered(String one, String first, String other, String second) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(one, first);
        map.put(other, second);
        return map;
    }

    private MakeWishFunction function() {
        return new MakeWishFunction(new Edge(
                new Settings(
                        Map.of("SLICE", "wishes/make-wish", "EVENT_TABLE", TABLE, "NAUGHTY_LIST_TABLE", "naughty")),
                client));
    }

    private static InnerCommand command(String child) {
        String id = UUID.randomUUID().toString();
        ObjectNode wish = Json.mapper().createObjectNode();
        wish.put("wishId", id)
                .put("childId", child)
                .put("wish", "a red bicycle")
                .put("naughty", false)
                .put("listed", false)
                .put("at", "2026-01-01T00:00:00Z");
        return new InnerCommand(id, "benchmark", id, null, Instant.EPOCH, wish);
    }

    /** The same work by hand: a strong Query, and a put of an equally large item on the condition that it is new. */
    private void raw(String child, long version) {
        String id = UUID.randomUUID().toString();
        client.query(request -> request.tableName(TABLE)
                .consistentRead(true)
                .keyConditionExpression("#s = :s")
                .expressionAttributeNames(Map.of("#s", "stream"))
                .expressionAttributeValues(Map.of(":s", AttributeValue.fromS("child#" + child))));
        Map<String, AttributeValue> item = CommitItem.of(commit(child, version, id));
        client.putItem(request -> request.tableName(TABLE)
                .item(item)
                .conditionExpression("attribute_not_exists(#v)")
                .expressionAttributeNames(Map.of("#v", "version")));
    }

    private static Commit commit(String child, long version, String id) {
        return commit(child, version, id, 1);
    }

    private static Commit commit(String child, long version, String id, int events) {
        WishApproved event = new WishApproved(new WishId(id), new ChildId(child), "a red bicycle");
        StoredEvent stored = new EventCodec(Wishes.LANGUAGE).encode(event);
        return new Commit(
                StreamId.parse("child#" + child),
                version,
                id,
                Instant.parse("2026-01-01T00:00:00Z"),
                Collections.nCopies(events, stored),
                new Meta("benchmark", id, null, null, null));
    }

    private void speed() throws Exception {
        System.out.println("Commands per second, make-wish over raw Query + PutItem (same client, alternating rounds)");
        System.out.printf(
                Locale.ROOT,
                "%-24s %8s %8s %7s %9s %9s %9s %9s%n",
                "case",
                "ours/s",
                "raw/s",
                "ratio",
                "ours p50",
                "raw p50",
                "ours p99",
                "raw p99");
        AtomicLong warmUp = new AtomicLong();
        MakeWishFunction warming = function();
        measure(2, n -> warming.inner(command("warming-" + warmUp.incrementAndGet())), roundNanos * ROUNDS);
        measure(2, n -> raw("rawwarming-" + warmUp.incrementAndGet(), 1), roundNanos * ROUNDS);
        for (int callers : new int[] {1, 16}) {
            AtomicLong next = new AtomicLong();
            MakeWishFunction function = function();
            compare(
                    "new stream, " + callers + " caller" + (callers > 1 ? "s" : ""),
                    callers,
                    n -> function.inner(command("new-" + callers + "-" + next.incrementAndGet())),
                    n -> raw("raw-" + callers + "-" + next.incrementAndGet(), 1));
            // Each caller goes on with a child of its own until its tenth wish, then with the next: 9 of 10 are warm.
            compare(
                    "warm stream, " + callers + " caller" + (callers > 1 ? "s" : ""),
                    callers,
                    n -> function.inner(command("warm-" + own(n))),
                    n -> raw("rawwarm-" + own(n), 1 + n % 10));
        }
    }

    private static String own(long n) {
        return Thread.currentThread().threadId() + "-" + n / 10;
    }

    private void compare(String name, int callers, LongConsumer ours, LongConsumer raw) throws Exception {
        measure(callers, ours, roundNanos * 2);
        measure(callers, raw, roundNanos * 2);
        List<Measured> mine = new ArrayList<>();
        List<Measured> theirs = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            mine.add(measure(callers, ours, roundNanos));
            theirs.add(measure(callers, raw, roundNanos));
        }
        double a = median(mine.stream().mapToDouble(Measured::perSecond).toArray());
        double b = median(theirs.stream().mapToDouble(Measured::perSecond).toArray());
        System.out.printf(
                Locale.ROOT,
                "%-24s %8.0f %8.0f %7.2f %7.2fms %7.2fms %7.2fms %7.2fms%n",
                name,
                a,
                b,
                a / b,
                median(mine.stream().mapToDouble(m -> m.millis(0.5)).toArray()),
                median(theirs.stream().mapToDouble(m -> m.millis(0.5)).toArray()),
                median(mine.stream().mapToDouble(m -> m.millis(0.99)).toArray()),
                median(theirs.stream().mapToDouble(m -> m.millis(0.99)).toArray()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** How long each call of a round took, sorted. */
    private record Measured(List<Long> nanos, long lasted) {
        double perSecond() {
            return nanos.size() * 1e9 / lasted;
        }

        double millis(double quantile) {
            return nanos.get((int) Math.min(nanos.size() - 1, Math.round(nanos.size() * quantile))) / 1e6;
        }
    }

    private static Measured measure(int callers, LongConsumer work, long nanos) throws Exception {
        List<Long> all = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
            List<Future<List<Long>>> futures = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                futures.add(executor.submit(() -> {
                    List<Long> took = new ArrayList<>();
                    for (long n = 0; System.nanoTime() - start < nanos; n++) {
                        long before = System.nanoTime();
                        work.accept(n);
                        took.add(System.nanoTime() - before);
                    }
                    return took;
                }));
            }
            for (Future<List<Long>> future : futures) {
                all.addAll(future.get());
            }
        }
        Collections.sort(all);
        return new Measured(all, System.nanoTime() - start);
    }

    private void cost() {
        System.out.println("Cost of a command at the event table, by AWS's rules");
        MakeWishFunction function = function();
        calls.reset();
        function.inner(command("cost"));
        System.out.println("  new stream:               " + calls);
        calls.reset();
        function.inner(command("cost"));
        System.out.println("  warm stream:              " + calls);
        for (int commits : new int[] {10, 100, 1_000}) {
            String child = "cost-" + commits;
            for (int version = 1; version <= commits; version++) {
                // Cancelled wishes, so that the child keeps room for one more.
                Commit commit = commit(child, version, "wish-" + version);
                StoredEvent cancelled = new StoredEvent(
                        "WishCancelled", 1, false, commit.events().getFirst().data());
                Map<String, AttributeValue> item = CommitItem.of(new Commit(
                        commit.stream(), version, commit.id(), commit.at(), List.of(cancelled), commit.meta()));
                client.putItem(request -> request.tableName(TABLE).item(item));
            }
            calls.reset();
            function().inner(command(child));
            System.out.printf(Locale.ROOT, "  cold, %5d commits:      %s%n", commits, calls);
        }
        for (int events : new int[] {1, 4}) {
            int bytes = ItemSize.bytes(CommitItem.of(commit("size", 1, "c", events)));
            System.out.println("  a commit of " + events + " wishes:      " + bytes + " bytes, "
                    + ItemSize.writeUnits(bytes) + " write unit");
        }
    }
}
