package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.storyline.embedded.EmbeddedDynamoDb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The preload of the SDK, on DynamoDB Local. */
class SdkPreloadTest {
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();

    private final CuttingProxy proxy = new CuttingProxy(DYNAMO.endpoint());
    private final List<SdkRequest> answered = new ArrayList<>();
    private final List<Integer> items = new ArrayList<>();

    SdkPreloadTest() throws IOException {}

    @BeforeAll
    static void create() {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(DYNAMO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            create(client, "view", "pk", "sk", ScalarAttributeType.S);
            create(client, "events", "stream", "version", ScalarAttributeType.N);
        }
    }

    private static void create(
            DynamoDbClient client, String table, String hash, String range, ScalarAttributeType type) {
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName(hash).attributeType(ScalarAttributeType.S),
                        two -> two.attributeName(range).attributeType(type))
                .keySchema(
                        one -> one.attributeName(hash).keyType(KeyType.HASH),
                        two -> two.attributeName(range).keyType(KeyType.RANGE)));
    }

    @AfterAll
    static void stop() {
        DYNAMO.close();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(proxy.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(override -> override.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
                        answered.add(context.request());
                        switch (context.response()) {
                            case GetItemResponse response ->
                                items.add(response.item().size());
                            case QueryResponse response -> items.add(response.count());
                            default -> items.add(-1);
                        }
                    }
                }))
                .build();
    }

    private void run(Map<String, String> settings) {
        SdkPreload.run(this::client, new Settings(settings));
    }

    @Test
    void a_function_with_a_view_asks_it_for_one_item_that_is_not_there() {
        run(Map.of("VIEW_TABLE", "view", "EVENT_TABLE", "events"));
        assertThat(answered)
                .singleElement()
                .isInstanceOfSatisfying(
                        GetItemRequest.class,
                        request -> assertThat(request.tableName()).isEqualTo("view"));
        assertThat(items).containsExactly(0);
    }

    @Test
    void a_function_without_a_view_asks_the_event_table_for_one_stream_that_is_not_there() {
        run(Map.of("VIEW_TABLE", "", "EVENT_TABLE", "events"));
        assertThat(answered)
                .singleElement()
                .isInstanceOfSatisfying(
                        QueryRequest.class,
                        request -> assertThat(request.tableName()).isEqualTo("events"));
        assertThat(items).containsExactly(0);
    }

    @Test
    void a_function_without_tables_asks_nobody() {
        run(Map.of());
        assertThat(proxy.accepted()).isZero();
    }

    @Test
    void a_function_that_may_not_read_starts_all_the_same() {
        assertThatCode(() -> run(Map.of("VIEW_TABLE", "no-such-table"))).doesNotThrowAnyException();
        assertThat(proxy.accepted()).isPositive();
        assertThat(answered).isEmpty();
    }

    @Test
    void nothing_runs_beside_a_start_that_lambda_takes_a_snapshot_of() {
        SdkPreload.begin(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("head start");
    }
}
