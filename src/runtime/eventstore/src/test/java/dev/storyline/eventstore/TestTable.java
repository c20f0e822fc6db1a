package dev.storyline.eventstore;

import dev.storyline.embedded.EmbeddedDynamoDb;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** An empty event table on a DynamoDB Local that all tests share. */
record TestTable(DynamoDbClient client, String name) {
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();

    static TestTable create() {
        return create(new ExecutionInterceptor() {});
    }

    /** A table whose client has an interceptor for every call. */
    static TestTable create(ExecutionInterceptor interceptor) {
        String name = "events-" + UUID.randomUUID();
        DynamoDbClient plain = client(new ExecutionInterceptor() {});
        plain.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                        one -> one.attributeName("version").attributeType(ScalarAttributeType.N))
                .keySchema(
                        one -> one.attributeName("stream").keyType(KeyType.HASH),
                        one -> one.attributeName("version").keyType(KeyType.RANGE)));
        return new TestTable(client(interceptor), name);
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

    DynamoDbEventStore store() {
        return new DynamoDbEventStore(client, name);
    }
}
