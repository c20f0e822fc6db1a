package dev.storyline.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.local.common.Proxies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class DirectHttpClientTest {
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    private static final SdkHttpClient CONNECTED = Proxies.direct().build();
    private static final DynamoDbClient DIRECT = client(DYNAMO, new DirectHttpClient(DYNAMO));
    private static final DynamoDbClient OVER_HTTP = client(DYNAMO, CONNECTED);

    private static DynamoDbClient client(EmbeddedDynamoDb dynamo, SdkHttpClient http) {
        return DynamoDbClient.builder()
                .endpointOverride(dynamo.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
                .httpClient(http)
                .build();
    }

    @BeforeAll
    static void table() {
        create(DIRECT, "things");
    }

    @AfterAll
    static void close() {
        DIRECT.close();
        OVER_HTTP.close();
        CONNECTED.close();
        DYNAMO.close();
    }

    private static void create(DynamoDbClient client, String table) {
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private static Map<String, AttributeValue> thing(String id, String text) {
        return Map.of("id", AttributeValue.fromS(id), "text", AttributeValue.fromS(text));
    }

    private static <T> List<T> onBoth(Function<DynamoDbClient, T> call) {
        return List.of(call.apply(DIRECT), call.apply(OVER_HTTP));
    }

    @Test
    void what_is_written_without_a_connection_is_read_over_http_and_the_other_way_round() {
        String text = "ä€𝄞\"\\\n".repeat(10_000);
        DIRECT.putItem(request -> request.tableName("things").item(thing("direct", text)));
        OVER_HTTP.putItem(request -> request.tableName("things").item(thing("http", text)));
        for (String id : List.of("direct", "http")) {
            assertThat(onBoth(client -> client.getItem(
                                    request -> request.tableName("things").key(key(id)))
                            .item()))
                    .containsOnly(thing(id, text));
        }
    }

    @Test
    void errors_are_those_that_come_over_http_with_everything_that_they_tell() {
        DIRECT.putItem(request -> request.tableName("things").item(thing("there", "before")));
        List<Throwable> conditions =
                onBoth(client -> catchThrowable(() -> client.putItem(request -> request.tableName("things")
                        .item(thing("there", "after"))
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))));
        assertThat(conditions)
                .allSatisfy(thrown -> assertThat(thrown)
                        .isInstanceOfSatisfying(ConditionalCheckFailedException.class, failed -> {
                            assertThat(failed.item()).isEqualTo(thing("there", "before"));
                            assertThat(failed.statusCode()).isEqualTo(400);
                            assertThat(failed.requestId()).isNotBlank();
                        }));
        List<Throwable> transactions = onBoth(client -> catchThrowable(() -> client.transactWriteItems(request ->
                request.transactItems(part -> part.conditionCheck(check -> check.tableName("things")
                        .key(key("there"))
                        .conditionExpression("attribute_not_exists(id)"))))));
        assertThat(transactions)
                .allSatisfy(thrown -> assertThat(thrown)
                        .isInstanceOfSatisfying(
                                TransactionCanceledException.class,
                                cancelled -> assertThat(cancelled.cancellationReasons())
                                        .singleElement()
                                        .satisfies(reason ->
                                                assertThat(reason.code()).isEqualTo("ConditionalCheckFailed"))));
        List<String> messages = onBoth(client -> String.valueOf(catchThrowable(() ->
                        client.getItem(request -> request.tableName("nowhere").key(key("x")))))
                .replaceAll("Request ID: [^,)]*", ""));
        assertThat(messages.getFirst()).isEqualTo(messages.getLast()).contains("ResourceNotFoundException");
    }

    @Test
    void a_call_goes_on_when_its_caller_is_interrupted() throws Exception {
        Map<String, String> headers = Map.of(
                "X-Amz-Target",
                "DynamoDB_20120810.PutItem",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=tester/20260101/eu-west-1/dynamodb/aws4_request, Signature=0");
        byte[] body =
                "{\"TableName\":\"things\",\"Item\":{\"id\":{\"S\":\"interrupted\"}}}".getBytes(StandardCharsets.UTF_8);
        List<Throwable> thrown = new ArrayList<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            thrown.add(catchThrowable(() -> DYNAMO.call(headers, body)));
        });
        caller.join();
        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        long end = System.nanoTime() + 10_000_000_000L;
        boolean written = false;
        while (!written && System.nanoTime() < end) {
            written = OVER_HTTP
                    .getItem(request ->
                            request.tableName("things").consistentRead(true).key(key("interrupted")))
                    .hasItem();
        }
        assertThat(written).isTrue();
    }

    @Test
    void a_closed_database_is_told_as_one() {
        EmbeddedDynamoDb closed = EmbeddedDynamoDb.inMemory();
        try (DynamoDbClient client = client(closed, new DirectHttpClient(closed))) {
            create(client, "gone");
            closed.close();
            assertThatThrownBy(client::listTables)
                    .isInstanceOf(SdkClientException.class)
                    .hasMessageContaining("DynamoDB Local is closed");
        }
    }
}
