package dev.storyline.conformance;

import dev.storyline.conformance.StorylineStorageEngine.NoGlobalSequence;
import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.eventstore.DynamoDbEventStore;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.AggregateBasedStorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Axon Framework's own tests for aggregate-based storage engines, over our event store on DynamoDB Local. Its other
 * suite, for engines that append under conditions over tags of all events, is about another kind of store.
 */
class AxonStorageEngineTest extends AggregateBasedStorageEngineTestSuite<StorylineStorageEngine> {
    private static final String TOKENS = "a tracking token is a place in one sequence of all events";

    @RegisterExtension
    static final Scoreboard SCOREBOARD = new Scoreboard(
            "axon-eventsourcing",
            AggregateBasedStorageEngineTestSuite.class,
            NoGlobalSequence.class,
            Map.of(
                    "streamingFromStartReturnsSelectedMessages",
                    "reads the events of all streams in one order, with their numbers in it",
                    "streamingFromSpecificPositionSkipsMessages",
                    "reads on from a number in the one order of all events",
                    "streamingAfterLastPositionReturnsEmptyStream",
                    "reads on from a number after the last in the one order of all events",
                    "firstTokenShouldReturnNonNullForEmptyStore",
                    TOKENS,
                    "latestTokenShouldReturnNonNullForEmptyStore",
                    TOKENS,
                    "firstTokenAndLatestTokenShouldBeEqualForEmptyStore",
                    TOKENS,
                    "tokenAtShouldReturnNonNullForEmptyStore",
                    TOKENS));

    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    private static final DynamoDbClient CLIENT = DynamoDbClient.builder()
            .endpointOverride(DYNAMO.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();

    @AfterAll
    static void stop() {
        CLIENT.close();
        DYNAMO.close();
    }

    @Override
    protected StorylineStorageEngine buildStorageEngine() {
        String table = "events-" + UUID.randomUUID();
        CLIENT.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                        one -> one.attributeName("version").attributeType(ScalarAttributeType.N))
                .keySchema(
                        one -> one.attributeName("stream").keyType(KeyType.HASH),
                        one -> one.attributeName("version").keyType(KeyType.RANGE)));
        return new StorylineStorageEngine(new DynamoDbEventStore(CLIENT, table), converter);
    }

    /** There is none: a commit is one call, and nobody takes part in it. */
    @Override
    protected @Nullable ProcessingContext processingContext() {
        return null;
    }

    @Override
    protected long globalSequenceOfEvent(long position) {
        throw new NoGlobalSequence();
    }

    @Override
    protected TrackingToken trackingTokenAt(long position) {
        throw new NoGlobalSequence();
    }

    @Override
    protected EventMessage convertPayload(EventMessage original) {
        return original.withConvertedPayload(String.class, converter);
    }
}
