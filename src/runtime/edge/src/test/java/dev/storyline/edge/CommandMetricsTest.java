package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What the endpoints of commands tell, on DynamoDB Local. */
class CommandMetricsTest {
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    private static final Rule FULL = Rule.forbids("box-is-full", "The box is full.");

    /** Every request to the database is refused by throttling while this is set. */
    private static boolean throttled;

    private static final DynamoDbClient CLIENT = client();

    sealed interface Box {}

    @EventType("Packed")
    record Packed(String thing) implements Box {}

    record Pack(String box, String thing) {}

    /** Takes two things. Each time that it decides about a race, somebody else packs first. */
    private static final class Packing implements Decider<Pack, Integer, Box> {
        @Override
        public Class<Box> folds() {
            return Box.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Integer evolve(Integer state, Box event) {
            return state + 1;
        }

        @Override
        public Decision<Box> decide(Pack command, Integer state) {
            if (command.thing().equals("race")) {
                overtake(command.box(), state + 1);
            }
            return command.thing().equals("known")
                    ? Decision.nothing()
                    : state < 2 || command.thing().equals("race")
                            ? Decision.accept(new Packed(command.thing()))
                            : Decision.reject(FULL);
        }
    }

    private final List<JsonNode> told = new ArrayList<>();
    private final String box = UUID.randomUUID().toString();
    private final Edge edge = new Edge(
            new Settings(Map.of("SLICE", "attic/pack", "STAGE", "test", "EVENT_TABLE", "events")),
            CLIENT,
            OutboundCalls.NONE,
            Clock.systemUTC(),
            _ -> {},
            ParallelTasks.REAL,
            line -> told.add(json(line)));
    private final HttpCommandEndpoint<Pack, Pack> http = HttpCommandEndpoint.of(
            edge,
            edge.handler(Language.of("attic", Set.of(Box.class), List.of()), new Packing()),
            Pack.class,
            pack -> new StreamId("box", pack.box()),
            (pack, context) -> Gate.open(pack));
    private final InternalCommandEndpoint<Pack> internal = InternalCommandEndpoint.of(
            edge,
            edge.handler(Language.of("attic", Set.of(Box.class), List.of()), new Packing()),
            Pack.class,
            pack -> new StreamId("box", pack.box()));

    private static JsonNode json(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    private static DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(DYNAMO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(override -> override.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                        if (throttled) {
                            throw ProvisionedThroughputExceededException.builder()
                                    .awsErrorDetails(AwsErrorDetails.builder()
                                            .errorCode("ProvisionedThroughputExceededException")
                                            .build())
                                    .build();
                        }
                    }
                }))
                .build();
    }

    @BeforeAll
    static void create() {
        CLIENT.createTable(request -> request.tableName("events")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                        two -> two.attributeName("version").attributeType(ScalarAttributeType.N))
                .keySchema(
                        one -> one.attributeName("stream").keyType(KeyType.HASH),
                        two -> two.attributeName("version").keyType(KeyType.RANGE)));
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        DYNAMO.close();
    }

    private static void overtake(String box, long version) {
        append(box, version, new StoredEvent("Packed", 1, false, "{\"thing\": \"other\"}"));
    }

    private static void append(String box, long version, StoredEvent event) {
        new DynamoDbEventStore(CLIENT, "events")
                .append(new Commit(
                        new StreamId("box", box),
                        version,
                        UUID.randomUUID().toString(),
                        Instant.now(),
                        List.of(event),
                        new CommitMetadata("somebody", "talk", null, null, null)));
    }

    private int pack(String thing) {
        return http.handle(new HttpEvent(
                        "/attic/boxes",
                        null,
                        Map.of("content-type", "application/json"),
                        null,
                        Map.of("box", box),
                        "{\"thing\": \"" + thing + "\"}",
                        false,
                        null))
                .statusCode();
    }

    private InternalCommandReply packInside(String thing) {
        return internal.handle(new InternalCommand(
                UUID.randomUUID().toString(),
                "ann",
                "talk",
                null,
                null,
                false,
                false,
                Json.mapper().valueToTree(new Pack(box, thing))));
    }

    private void assertTold(String outcome, int tries, int roundTrips) {
        assertThat(told).as("one line for a command").hasSize(1);
        JsonNode line = told.removeFirst();
        assertThat(line.path("Outcome").asText()).isEqualTo(outcome);
        assertThat(line.path("Commands").asInt()).isEqualTo(1);
        assertThat(line.path("CommandTries").asInt()).isEqualTo(tries);
        assertThat(line.path("CommandRoundTrips").asInt()).isEqualTo(roundTrips);
        assertThat(line.path("CommandDuration").isIntegralNumber()).isTrue();
    }

    @Test
    void each_command_tells_its_outcome_tries_and_round_trips_in_one_line() {
        assertThat(pack("hat")).isEqualTo(200);
        JsonNode dimensions = told.getFirst().path("_aws").path("CloudWatchMetrics");
        assertThat(dimensions.findValuesAsText("Name")).contains("Commands", "CommandDuration", "CommandRoundTrips");
        assertThat(dimensions.toString()).contains("[\"Stage\",\"Context\",\"Slice\",\"Outcome\"]");
        assertTold("accepted", 1, 2);
        assertThat(pack("coat")).isEqualTo(200);
        assertTold("accepted", 1, 1);
        assertThat(pack("shoe")).isEqualTo(422);
        assertTold("box-is-full", 2, 1);
        assertThat(pack("known")).isEqualTo(200);
        assertTold("already-so", 2, 1);
    }

    @Test
    void a_request_that_cannot_be_read_is_an_outcome_that_asks_the_database_nothing() {
        assertThat(pack("\"")).isEqualTo(400);
        assertTold("malformed", 0, 0);
    }

    @Test
    void sixteen_lost_races_are_a_conflict() {
        assertThat(pack("race")).isEqualTo(409);
        assertThat(told.getFirst().path("Conflicts").asInt()).isEqualTo(16);
        assertThat(told.getFirst().path("Retries").asInt()).isEqualTo(16);
        assertTold("conflict", 16, told.getFirst().path("CommandRoundTrips").asInt());
    }

    @Test
    void a_throttled_command_is_told_for_the_context_too() {
        throttled = true;
        try {
            assertThat(pack("hat")).isEqualTo(503);
        } finally {
            throttled = false;
        }
        assertThat(told.getFirst().path("Throttled").asInt()).isEqualTo(1);
        assertThat(told.getFirst().path("_aws").toString())
                .contains("[\"Stage\",\"Context\"]],\"Metrics\":[{\"Name\":\"Throttled\"");
        assertTold("throttled", 0, 1);
    }

    @Test
    void a_slice_that_is_older_than_the_stream_says_so() {
        append(box, 1, new StoredEvent("Burnt", 1, true, "{}"));
        assertThat(pack("hat")).isEqualTo(503);
        assertThat(told.getFirst().path("OutdatedSlice").asInt()).isEqualTo(1);
        assertTold("slice-outdated", 0, 1);
    }

    @Test
    void the_internal_endpoint_tells_the_same_also_where_it_fails() {
        assertThat(packInside("hat").outcome()).isEqualTo("accepted");
        assertTold("accepted", 1, 2);
        assertThat(packInside("coat").outcome()).isEqualTo("accepted");
        told.clear();
        assertThat(packInside("shoe").rule()).isEqualTo("box-is-full");
        assertTold("box-is-full", 2, 1);
        assertThatThrownBy(() -> packInside("race")).isInstanceOf(TransientFailure.class);
        assertThat(told.removeFirst().path("Outcome").asText()).isEqualTo("conflict");
        internal.handle(new InternalCommand(
                "k", "ann", "talk", null, null, false, false, Json.mapper().createArrayNode()));
        assertThat(told.removeFirst().path("Outcome").asText()).isEqualTo("unreadable");
    }
}
