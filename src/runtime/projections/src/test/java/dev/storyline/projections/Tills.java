package dev.storyline.projections;

import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A small language, a projection of it, and tables for tests. */
final class Tills {
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    static final RowKey TOTAL = new RowKey("total", "all");

    private Tills() {}

    /** The events of a till. */
    sealed interface Till {
        @EventType("Sold")
        record Sold(String item, int amount) implements Till {}

        @EventType("Cleared")
        record Cleared(String item) implements Till {}
    }

    static final Language LANGUAGE = Language.of("tills", Set.of(Till.class), List.of());

    record Sale(
            String item, int amount, String state, @Nullable String note) {}

    record Sum(int sales) {}

    record Total(@Nullable BigDecimal amount, @Nullable BigDecimal sales) {}

    /** A row for each item, the number of sales as the till's own row, and a total over all tills. */
    record Sales(int version, boolean strict) implements Projection<Sales.State, Till> {
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
                    yield switch (item) {
                        case "crowd" -> crowd(step, event.stream(), amount);
                        case "spread" -> spread(step, amount);
                        case "huge" ->
                            step.put(key(event.stream(), "huge"), new Sale("huge", amount, "x".repeat(410_000), null));
                        default -> step;
                    };
                }
                case Cleared(var item) -> Step.to(state).remove(key(event.stream(), item));
            };
        }

        private static Step<State> spread(Step<State> step, int totals) {
            Step<State> more = step;
            for (int i = 0; i < totals; i++) {
                more = more.add(new RowKey("total", "part-" + i), Map.of("sales", BigDecimal.ONE));
            }
            return more;
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

    static DynamoDbClient client(ExecutionInterceptor interceptor) {
        return DynamoDbClient.builder()
                .endpointOverride(DYNAMO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(50))
                .overrideConfiguration(override ->
                        override.addExecutionInterceptor(interceptor).apiCallTimeout(Duration.ofSeconds(20)))
                .build();
    }

    /** The name of a new table for a view. */
    static String table() {
        return table("pk", "sk", ScalarAttributeType.S);
    }

    /** The name of a new event table. */
    static String eventTable() {
        return table("stream", "version", ScalarAttributeType.N);
    }

    private static String table(String partition, String sort, ScalarAttributeType type) {
        String name = "table-" + UUID.randomUUID();
        client(new ExecutionInterceptor() {})
                .createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                one -> one.attributeName(partition).attributeType(ScalarAttributeType.S),
                                one -> one.attributeName(sort).attributeType(type))
                        .keySchema(
                                one -> one.attributeName(partition).keyType(KeyType.HASH),
                                one -> one.attributeName(sort).keyType(KeyType.RANGE)));
        return name;
    }
}
