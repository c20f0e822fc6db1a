package dev.storyline.testkit.dynamodb;

import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The DynamoDB Local with which the simulation is compared. */
final class EmbeddedTables {
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    private static final StaticCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    static final DynamoDbClient CLIENT = DynamoDbClient.builder()
            .endpointOverride(DYNAMO.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(ANYBODY)
            .httpClient(ApacheHttpClient.create())
            .build();

    private static final DynamoDbStreamsClient STREAMS = DynamoDbStreamsClient.builder()
            .endpointOverride(DYNAMO.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(ANYBODY)
            .httpClient(ApacheHttpClient.create())
            .build();

    private EmbeddedTables() {}

    /** Returns the records of a table's stream, numbered from 1, as soon as there are this many. */
    static List<Change> changes(String table, int expected) {
        List<Change> changes = new ArrayList<>();
        Eventually.within(Duration.ofSeconds(20), () -> {
            changes.clear();
            changes.addAll(changes(table));
            return changes.size() >= expected;
        });
        return changes;
    }

    private static List<Change> changes(String table) {
        String arn = CLIENT.describeTable(request -> request.tableName(table))
                .table()
                .latestStreamArn();
        List<Change> changes = new ArrayList<>();
        for (Shard shard : STREAMS.describeStream(request -> request.streamArn(arn))
                .streamDescription()
                .shards()) {
            String iterator = STREAMS.getShardIterator(request -> request.streamArn(arn)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            List<Record> page;
            do {
                String from = iterator;
                var response = STREAMS.getRecords(request -> request.shardIterator(from));
                page = response.records();
                iterator = response.nextShardIterator();
                for (Record one : page) {
                    changes.add(new Change(
                            changes.size() + 1,
                            one.eventNameAsString(),
                            one.dynamodb().keys(),
                            one.eventName() == OperationType.REMOVE
                                    ? null
                                    : one.dynamodb().newImage()));
                }
            } while (iterator != null && !page.isEmpty());
        }
        return changes;
    }
}
