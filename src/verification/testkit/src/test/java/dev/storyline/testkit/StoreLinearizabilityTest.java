package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.EventStore.AppendResult;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.testkit.Linearizability.Append;
import dev.storyline.testkit.Linearizability.CallOutcome;
import dev.storyline.testkit.Linearizability.History;
import dev.storyline.testkit.Linearizability.Load;
import dev.storyline.testkit.Linearizability.Operation;
import dev.storyline.testkit.Linearizability.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Checks the event store on a real DynamoDB Local with conflicting clients, lost answers and delayed writes. */
@Tag("slow")
class StoreLinearizabilityTest {
    private static final int CLIENTS = 8;
    private static final int OPERATIONS = 200;
    private static final List<StreamId> STREAMS =
            IntStream.range(0, 6).mapToObj(i -> new StreamId("till", "t" + i)).toList();
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    private static final DynamoDbClient CLIENT = DynamoDbClient.builder()
            .endpointOverride(DYNAMO.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(ApacheHttpClient.builder().maxConnections(CLIENTS))
            .build();

    @AfterAll
    static void stop() {
        CLIENT.close();
        DYNAMO.close();
    }

    /** A client that passes all calls to the real one; tests override calls to inject faults. */
    private abstract static class Through implements DynamoDbClient {
        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            return CLIENT.putItem(request);
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            return CLIENT.query(request);
        }

        @Override
        public String serviceName() {
            return CLIENT.serviceName();
        }

        @Override
        public void close() {}
    }

    /** Loses answers after the write, loses requests before it, and delays requests until others have been written. */
    private static class Lossy extends Through {
        private final Random random;
        private final Queue<PutItemRequest> delayed;

        Lossy(Random random, Queue<PutItemRequest> delayed) {
            this.random = random;
            this.delayed = delayed;
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            int fate = random.nextInt(20);
            if (fate < 2) {
                super.putItem(request);
            } else if (fate < 4) {
                delayed.add(request);
            } else if (fate > 4) {
                PutItemRequest late = fate < 8 ? delayed.poll() : null;
                if (late != null) {
                    deliver(late);
                }
                return super.putItem(request);
            }
            throw SdkClientException.create("No answer");
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            QueryResponse response = super.query(request);
            if (random.nextInt(20) == 0) {
                throw SdkClientException.create("No answer");
            }
            return response;
        }

        /** No client waits for this answer any more. */
        void deliver(PutItemRequest late) {
            try {
                super.putItem(late);
            } catch (ConditionalCheckFailedException refused) {
                assertThat(refused.hasItem()).isTrue();
            }
        }
    }

    /** Answers some loads with an earlier answer. */
    private static final class Stale extends Through {
        private final Random random;
        private final Map<QueryRequest, QueryResponse> cache = new ConcurrentHashMap<>();

        Stale(Random random) {
            this.random = random;
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            QueryResponse cached = random.nextInt(20) == 0 ? cache.get(request) : null;
            if (cached != null) {
                return cached;
            }
            QueryResponse response = super.query(request);
            cache.put(request, response);
            return response;
        }
    }

    /** Writes without the condition, over any existing item. */
    private static final class Careless extends Through {
        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            return super.putItem(PutItemRequest.builder()
                    .tableName(request.tableName())
                    .item(request.item())
                    .build());
        }
    }

    @Test
    void the_store_is_linearizable_though_answers_are_lost_and_writes_come_late() throws Exception {
        Queue<PutItemRequest> delayed = new ConcurrentLinkedQueue<>();
        Map<StreamId, History> histories = run(random -> new Lossy(random, delayed), delayed);
        assertThat(histories.values())
                .allSatisfy(history ->
                        assertThat(Linearizability.check(history.operations())).isEqualTo(new Verdict.Linearizable()));
        List<Append> appends = histories.values().stream()
                .flatMap(history -> history.operations().stream())
                .mapMulti((Operation operation, Consumer<Append> to) -> {
                    if (operation.call() instanceof Append append) {
                        to.accept(append);
                    }
                })
                .toList();
        // Without every outcome, the run would show less than it claims.
        assertThat(appends).extracting(Append::outcome).contains(CallOutcome.values());
    }

    @Test
    void a_store_whose_loads_are_cached_is_caught() throws Exception {
        assertThat(verdicts(run(Stale::new, new ConcurrentLinkedQueue<>())))
                .hasAtLeastOneElementOfType(Verdict.NotLinearizable.class);
    }

    @Test
    void a_store_that_ignores_the_condition_is_caught() throws Exception {
        assertThat(verdicts(run(random -> new Careless(), new ConcurrentLinkedQueue<>())))
                .hasAtLeastOneElementOfType(Verdict.NotLinearizable.class);
    }

    private static List<Verdict> verdicts(Map<StreamId, History> histories) {
        return histories.values().stream()
                .map(history -> Linearizability.check(history.operations()))
                .toList();
    }

    /** Runs all clients concurrently, delivers the delayed requests, and loads every stream a last time. */
    private static Map<StreamId, History> run(
            Function<Random, DynamoDbClient> connection, Queue<PutItemRequest> delayed) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        String table = table();
        Map<StreamId, History> histories =
                STREAMS.stream().collect(Collectors.toMap(stream -> stream, stream -> new History()));
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed + i);
            EventStore store = new DynamoDbEventStore(connection.apply(random), table);
            Client client = new Client("client-" + i, store, random, histories);
            clients.add(() -> {
                client.work();
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        }
        Random calm = new Random(seed);
        Lossy postman = new Lossy(calm, delayed);
        delayed.forEach(postman::deliver);
        Client last = new Client("last", new DynamoDbEventStore(CLIENT, table), calm, histories);
        STREAMS.forEach(last::load);
        return histories;
    }

    private static String table() {
        String name = "events-" + UUID.randomUUID();
        CLIENT.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                        one -> one.attributeName("version").attributeType(ScalarAttributeType.N))
                .keySchema(
                        one -> one.attributeName("stream").keyType(KeyType.HASH),
                        one -> one.attributeName("version").keyType(KeyType.RANGE)));
        return name;
    }

    /** Loads streams and appends to them at its last known version, which is often outdated. */
    private static final class Client {
        private final String name;
        private final EventStore store;
        private final Random random;
        private final Map<StreamId, History> histories;
        private final Map<StreamId, Integer> versions = new HashMap<>();

        Client(String name, EventStore store, Random random, Map<StreamId, History> histories) {
            this.name = name;
            this.store = store;
            this.random = random;
            this.histories = histories;
        }

        void work() {
            for (int i = 0; i < OPERATIONS; i++) {
                StreamId stream = STREAMS.get(random.nextInt(STREAMS.size()));
                if (random.nextBoolean()) {
                    append(stream, name + "-" + i);
                } else {
                    load(stream);
                }
            }
        }

        void load(StreamId stream) {
            History history = Objects.requireNonNull(histories.get(stream));
            List<String> ids = new ArrayList<>();
            long called = history.call();
            try {
                store.read(stream, 0, Long.MAX_VALUE, commit -> ids.add(commit.id()));
            } catch (StoreFailure.Unavailable unanswered) {
                return;
            }
            history.took(called, new Load(ids));
            versions.put(stream, ids.size());
        }

        private void append(StreamId stream, String id) {
            History history = Objects.requireNonNull(histories.get(stream));
            int version = versions.getOrDefault(stream, 0);
            Commit commit = new Commit(
                    stream,
                    version + 1,
                    id,
                    Instant.EPOCH,
                    List.of(new StoredEvent("Happened", 1, false, "{}")),
                    new CommitMetadata(name, id, null, null, null));
            long called = history.call();
            CallOutcome outcome = tryUntilAnswered(commit);
            history.took(called, new Append(id, version, outcome));
            if (outcome == CallOutcome.WRITTEN) {
                versions.put(stream, version + 1);
            }
        }

        /** Retries under the same id, as a command handler does, or gives up. */
        private CallOutcome tryUntilAnswered(Commit commit) {
            do {
                try {
                    return switch (store.append(commit)) {
                        case AppendResult.Appended written -> CallOutcome.WRITTEN;
                        case AppendResult.Conflict(Commit inTheWay) ->
                            inTheWay != null && inTheWay.id().equals(commit.id())
                                    ? CallOutcome.WRITTEN
                                    : CallOutcome.CONFLICT;
                    };
                } catch (StoreFailure.Unavailable unanswered) {
                    // The outcome is unknown; the next attempt finds it.
                }
            } while (random.nextInt(3) > 0);
            return CallOutcome.UNKNOWN;
        }
    }
}
