package dev.storyline.projections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.InMemoryEventStore;
import dev.storyline.eventstore.Meta;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.ProjectionEngine.Applied;
import dev.storyline.projections.ProjectionEngineTest.Till.Cleared;
import dev.storyline.projections.ProjectionEngineTest.Till.Sold;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class ProjectionEngineTest {
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    private static final RowKey TOTAL = new RowKey("total", "all");

    /** What happens at a till. */
    sealed interface Till {
        @EventType("Sold")
        record Sold(String item, int amount) implements Till {}

        @EventType("Cleared")
        record Cleared(String item) implements Till {}
    }

    private static final Language LANGUAGE = Language.of("tills", Set.of(Till.class), List.of());

    record Sale(
            String item, int amount, String state, @Nullable String note) {}

    record Sum(int sales) {}

    record Total(@Nullable BigDecimal amount, @Nullable BigDecimal sales) {}

    /** A row for each item, the number of sales as the till's own row, and a total over all tills. */
    private record Sales(int version, boolean strict) implements Projection<Sales.State, Till> {
        record State(int sales) {}

        @Override
        public String name() {
            return "sales";
        }

        @Override
        public Class<Till> folds() {
            return Till.class;
        }

        @Override
        public State initialState() {
            return new State(0);
        }

        @Override
        public Step<State> step(State state, Recorded<Till> event) {
            return switch (event.event()) {
                case Sold(var item, var amount) -> {
                    if (strict && amount < 0) {
                        throw new IllegalStateException("nothing is sold " + amount + " times");
                    }
                    State next = new State(state.sales() + 1);
                    Step<State> step = Step.to(next)
                            .put(key(event.stream(), item), new Sale(item, amount, "new", null))
                            .set(key(event.stream(), item), Map.of("state", "sold"))
                            .putOwn(new Sum(next.sales()))
                            .add(TOTAL, Map.of("amount", BigDecimal.valueOf(amount), "sales", BigDecimal.ONE));
                    yield item.equals("crowd") ? crowd(step, event.stream(), amount) : step;
                }
                case Cleared(var item) -> Step.to(state).remove(key(event.stream(), item));
            };
        }

        private static Step<State> crowd(Step<State> step, StreamId stream, int rows) {
            Step<State> more = step;
            for (int i = 0; i < rows; i++) {
                more = more.put(key(stream, "member-" + i), new Sale("member", i, "sold", null));
            }
            return more;
        }

        private static RowKey key(StreamId stream, String item) {
            return new RowKey(stream.toString(), "item#" + item);
        }
    }

    /** Counts calls, and fails the reads of some streams' fold items. */
    private static final class Calls implements ExecutionInterceptor {
        private final AtomicInteger writes = new AtomicInteger();
        private volatile String failing = "(none)";

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof GetItemRequest get) {
                if (Objects.requireNonNull(get.key().get("pk")).s().contains(failing)) {
                    throw SdkClientException.create("no answer");
                }
            } else {
                writes.incrementAndGet();
            }
        }
    }

    private final Calls calls = new Calls();
    private final EventStore store = new InMemoryEventStore();
    private final ViewTable view = ViewTable.of(client(calls), table(), "sales");
    private final ProjectionEngine<Sales.State, Till> engine = engine(new Sales(1, true));
    private final StreamId stream = new StreamId("till", "one");

    private ProjectionEngine<Sales.State, Till> engine(Sales sales) {
        return new ProjectionEngine<>(store, LANGUAGE, sales, view, Clock.systemUTC());
    }

    private static DynamoDbClient client(ExecutionInterceptor interceptor) {
        return DynamoDbClient.builder()
                .endpointOverride(DYNAMO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(50))
                .overrideConfiguration(override ->
                        override.addExecutionInterceptor(interceptor).apiCallTimeout(Duration.ofSeconds(20)))
                .build();
    }

    private static String table() {
        String name = "view-" + UUID.randomUUID();
        client(new ExecutionInterceptor() {})
                .createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                one -> one.attributeName("pk").attributeType(ScalarAttributeType.S),
                                one -> one.attributeName("sk").attributeType(ScalarAttributeType.S))
                        .keySchema(
                                one -> one.attributeName("pk").keyType(KeyType.HASH),
                                one -> one.attributeName("sk").keyType(KeyType.RANGE)));
        return name;
    }

    private Commit commit(StreamId to, long version, Record... events) {
        EventCodec codec = new EventCodec(LANGUAGE);
        return stored(to, version, List.of(events).stream().map(codec::encode).toList());
    }

    private Commit stored(StreamId to, long version, List<StoredEvent> events) {
        Commit commit = new Commit(
                to,
                version,
                to + "-" + version,
                Instant.EPOCH,
                events,
                new Meta("tester", "conversation", null, null, null));
        store.append(commit);
        return commit;
    }

    private static FeedRecord record(Commit commit) {
        return FeedRecord.inserted(commit.id(), commit);
    }

    private int total(String field) {
        Total total = view.consistent().row(TOTAL, Total.class);
        BigDecimal value = total == null ? null : field.equals("amount") ? total.amount() : total.sales();
        return value == null ? 0 : value.intValueExact();
    }

    @Test
    void a_batch_in_any_order_is_applied_once_and_its_duplicate_costs_reads_only() {
        Commit first = commit(stream, 1, new Sold("tea", 2), new Sold("cup", 1));
        Commit second = commit(stream, 3, new Cleared("tea"));
        List<FeedRecord> batch = List.of(record(second), record(first), record(first));
        assertThat(engine.apply(batch)).isEmpty();
        assertThat(calls.writes.getAndSet(0)).as("one transaction").isEqualTo(1);
        assertThat(engine.apply(batch)).isEmpty();
        assertThat(calls.writes.get()).isZero();
        assertThat(view.head(stream).position()).isEqualTo(3);
        assertThat(view.head(stream).own(Sum.class)).isEqualTo(new Sum(2));
        assertThat(view.rows(stream.toString(), "", Sale.class).rows())
                .containsExactly(new Sale("cup", 1, "sold", null));
        assertThat(total("amount")).isEqualTo(3);
    }

    @Test
    void a_lost_delivery_is_repaired_from_the_event_table_by_the_next_one() {
        commit(stream, 1, new Sold("a", 1));
        Commit second = commit(stream, 2, new Sold("b", 1));
        commit(stream, 3, new Sold("c", 1));
        Commit fourth = commit(stream, 4, new Sold("d", 1));
        assertThat(engine.apply(stream, List.of(second, fourth))).isEqualTo(new Applied.Reached(4));
        assertThat(total("sales")).isEqualTo(4);
    }

    @Test
    void histories_however_they_are_delivered_end_in_the_same_view_as_a_fresh_fold() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int history = 0; history < 40; history++) {
            List<StreamId> streams = new ArrayList<>();
            List<Commit> deliveries = new ArrayList<>();
            List<Commit> lasts = new ArrayList<>();
            int before = total("amount");
            int amount = 0;
            for (int s = 0; s < 3; s++) {
                StreamId one = new StreamId("till", seed + "-" + history + "-" + s);
                streams.add(one);
                int commits = 1 + random.nextInt(8);
                for (int version = 1; version <= commits; version++) {
                    int sold = random.nextInt(9);
                    boolean clear = random.nextInt(3) == 0;
                    amount += clear ? 0 : sold;
                    String item = "i" + random.nextInt(3);
                    Commit commit = commit(one, version, clear ? new Cleared(item) : new Sold(item, sold));
                    for (int copies = random.nextInt(3); copies > 0; copies--) {
                        deliveries.add(commit);
                    }
                    if (version == commits) {
                        lasts.add(commit);
                    }
                }
            }
            Collections.shuffle(deliveries, random);
            deliveries.addAll(random.nextInt(deliveries.size() + 1), lasts);
            deliver(deliveries, random);
            deliver(lasts, random);
            for (StreamId one : streams) {
                FoldedView fold = FoldedView.of(store, LANGUAGE, new Sales(1, true), one);
                assertThat(view.consistent().head(one))
                        .hasToString(fold.head(one).toString());
                assertThat(view.consistent().rows(one.toString(), "", Sale.class))
                        .isEqualTo(fold.rows(one.toString(), "", Sale.class));
            }
            assertThat(total("amount")).isEqualTo(before + amount);
        }
    }

    /** Cuts the deliveries into batches and gives them to two engines at once. */
    private void deliver(List<Commit> deliveries, Random random) throws Exception {
        List<List<FeedRecord>> batches = new ArrayList<>();
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(5));
            batches.add(deliveries.subList(from, to).stream()
                    .map(ProjectionEngineTest::record)
                    .toList());
            from = to;
        }
        ProjectionEngine<Sales.State, Till> other = engine(new Sales(1, true));
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<List<String>>> futures = new ArrayList<>();
            for (List<FeedRecord> batch : batches) {
                futures.add(executor.submit(() -> engine.apply(batch)));
                futures.add(executor.submit(() -> other.apply(batch)));
            }
            for (Future<List<String>> future : futures) {
                assertThat(future.get()).isEmpty();
            }
        }
    }

    @Test
    void poison_parks_its_stream_alone_and_is_redriven_when_the_cause_is_gone() {
        StreamId other = new StreamId("till", "other");
        Commit good = commit(stream, 1, new Sold("tea", 1));
        Commit bad = commit(stream, 2, new Sold("tea", -1));
        Commit after = commit(stream, 3, new Sold("cup", 1));
        Commit elsewhere = commit(other, 1, new Sold("mug", 1));
        assertThat(engine.apply(List.of(record(good), record(bad), record(after), record(elsewhere))))
                .isEmpty();
        Head head = view.head(stream);
        assertThat(head.position()).isEqualTo(1);
        assertThat(Objects.requireNonNull(head.parked()).version()).isEqualTo(2);
        assertThat(head.parked().reason()).contains("nothing is sold -1 times");
        assertThat(view.head(other).position()).isEqualTo(1);
        assertThat(engine.apply(stream, List.of(after))).isInstanceOf(Applied.Standing.class);
        assertThat(engine.redrive(stream)).as("the cause is still there").isInstanceOf(Applied.Standing.class);
        assertThat(engine(new Sales(1, false)).redrive(stream)).isEqualTo(new Applied.Reached(3));
        assertThat(view.head(stream).parked()).isNull();
        assertThat(total("sales")).isEqualTo(4);
    }

    @Test
    void what_cannot_be_decoded_or_must_not_be_passed_over_parks() {
        Commit broken = stored(stream, 1, List.of(new StoredEvent("Sold", 1, false, "{\"item\": 1}")));
        StreamId other = new StreamId("till", "other");
        Commit unknown = stored(other, 1, List.of(new StoredEvent("Burnt", 1, true, "{}")));
        assertThat(engine.apply(List.of(record(broken), record(unknown)))).isEmpty();
        assertThat(view.head(stream).parked()).isNotNull();
        assertThat(view.head(other).parked()).isNotNull();
    }

    @Test
    void a_view_of_another_version_of_the_projection_is_left_as_it_is() {
        Commit first = commit(stream, 1, new Sold("tea", 1));
        engine.apply(stream, List.of(first));
        assertThat(engine(new Sales(2, true)).apply(stream, List.of(commit(stream, 2, new Sold("cup", 1)))))
                .isEqualTo(new Applied.Outdated(1));
        assertThat(view.head(stream).position()).isEqualTo(1);
    }

    @Test
    void many_rows_are_cut_between_commits_and_too_many_in_one_commit_park() {
        List<Commit> commits = new ArrayList<>();
        for (int version = 1; version <= 250; version++) {
            commits.add(commit(stream, version, new Sold("item-" + version, 1)));
        }
        assertThat(engine.apply(stream, commits)).isEqualTo(new Applied.Reached(250));
        assertThat(view.rows(stream.toString(), "", Sale.class).rows()).hasSize(250);
        assertThat(total("sales")).isEqualTo(250);
        assertThat(engine.apply(stream, List.of(commit(stream, 251, new Sold("crowd", 150)))))
                .isInstanceOf(Applied.Standing.class);
        assertThat(Objects.requireNonNull(view.head(stream).parked()).reason()).contains("more than the 99");
    }

    @Test
    void only_the_streams_that_dynamodb_fails_are_delivered_again() {
        StreamId other = new StreamId("till", "failing");
        calls.failing = "failing";
        Commit good = commit(stream, 1, new Sold("tea", 1));
        Commit bad = commit(other, 1, new Sold("tea", 1));
        assertThat(engine.apply(List.of(record(bad), record(good)))).containsExactly(bad.id());
        calls.failing = "(none)";
        assertThat(view.head(stream).position()).isEqualTo(1);
        assertThat(engine.apply(List.of(record(bad), record(good)))).isEmpty();
        assertThat(total("sales")).isEqualTo(2);
    }

    @Test
    void a_change_of_an_append_only_item_is_never_applied_and_fails_nothing() {
        assertThat(engine.apply(List.of(FeedRecord.troubled("1", "MODIFY of an item"))))
                .isEmpty();
        assertThat(calls.writes.get()).isZero();
    }

    /** Thanks for each sale. */
    private record Thanks() implements EventHandler<Sales.State, Till> {
        @Override
        public String name() {
            return "thanks";
        }

        @Override
        public Class<Till> folds() {
            return Till.class;
        }

        @Override
        public Sales.State initialState() {
            return new Sales.State(0);
        }

        @Override
        public Reaction<Sales.State> on(Sales.State state, Recorded<Till> event) {
            return switch (event.event()) {
                case Sold sold -> Reaction.to(new Sales.State(state.sales() + 1), new Effect.Publish("thank", sold));
                case Cleared _ -> Reaction.to(state);
            };
        }
    }

    private EventHandlerEngine thanks(EventHandlerEngine.Effects effects, Instant birth) {
        ViewTable positions = ViewTable.of(client(calls), table(), "thanks");
        return EventHandlerEngine.of(store, LANGUAGE, new Thanks(), positions, effects, birth, Clock.systemUTC());
    }

    @Test
    void an_event_handler_repeats_an_effect_under_the_same_key_and_skips_none() {
        List<String> keys = new ArrayList<>();
        AtomicInteger trouble = new AtomicInteger(1);
        EventHandlerEngine handler = thanks(
                (key, effect, cause) -> {
                    keys.add(key);
                    if (cause.version() == 2 && trouble.getAndDecrement() > 0) {
                        throw new StoreFailure.Unavailable(new IllegalStateException("the bus is away"));
                    }
                },
                Instant.EPOCH);
        List<FeedRecord> batch = List.of(
                record(commit(stream, 1, new Sold("tea", 1))),
                record(commit(stream, 2, new Sold("cup", 1))),
                record(commit(stream, 3, new Cleared("cup"))));
        assertThat(handler.apply(batch)).hasSize(3);
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(keys)
                .containsExactly(
                        "tills/thanks/till#one@1/thank",
                        "tills/thanks/till#one@2/thank",
                        "tills/thanks/till#one@1/thank",
                        "tills/thanks/till#one@2/thank");
    }

    @Test
    void history_before_a_handlers_birth_never_fires() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine handler = thanks((key, effect, cause) -> keys.add(key), Instant.EPOCH.plusSeconds(1));
        assertThat(handler.apply(List.of(record(commit(stream, 1, new Sold("tea", 1))))))
                .isEmpty();
        assertThat(keys).isEmpty();
    }

    @Test
    void changes_of_one_row_merge_into_one_write() {
        RowKey key = new RowKey("p", "s");
        Sale sale = new Sale("tea", 1, "new", null);
        Map<String, RowWrite> expected = new HashMap<>();
        RowWrite.Merged merged = new RowWrite.Merged();
        merged.add(new RowChange.Remove(key));
        merged.add(new RowChange.Set(key, Map.of("amount", 2)));
        expected.put("remove+set", Objects.requireNonNull(merged.writes().get(key)));
        assertThat(expected.get("remove+set")).isInstanceOf(RowWrite.Put.class);
        merged.add(new RowChange.Put(key, sale));
        merged.add(new RowChange.Remove(key));
        assertThat(merged.writes().get(key)).isEqualTo(new RowWrite.Remove());
        RowWrite.Merged sets = new RowWrite.Merged();
        sets.add(new RowChange.Set(key, Map.of("a", 1)));
        sets.add(new RowChange.Set(key, Map.of("b", 2)));
        assertThat(Objects.requireNonNull(sets.writes().get(key)).toString())
                .contains("\"a\":1")
                .contains("\"b\":2");
    }
}
