package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.eventstore.Archiver;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.FolderObjectStore;
import dev.storyline.eventstore.ObjectStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What the endpoints make of archived streams, on DynamoDB Local. */
class ArchivedStreamsTest {
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    private static final Instant CLOSED_AT = Instant.parse("2027-06-01T00:00:00Z");
    private static final DynamoDbClient CLIENT = DynamoDbClient.builder()
            .endpointOverride(DYNAMO.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();

    sealed interface Box {}

    @EventType("Packed")
    record Packed(String thing) implements Box {}

    record Pack(String box, String thing) {}

    /** Takes anything. */
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
            return Decision.accept(new Packed(command.thing()));
        }
    }

    /** Shows nothing. */
    private static final class Boxes implements Projection<Integer, Box> {
        @Override
        public String name() {
            return "boxes";
        }

        @Override
        public Class<Box> folds() {
            return Box.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Step<Integer> step(Integer state, Recorded<Box> event) {
            return Step.to(state + 1);
        }
    }

    @TempDir
    private Path folder;

    private final String table = "events-" + UUID.randomUUID();
    private final List<JsonNode> told = new ArrayList<>();
    private final StreamId stream = new StreamId("box", "red");

    @BeforeEach
    void create() {
        CLIENT.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                        two -> two.attributeName("version").attributeType(ScalarAttributeType.N))
                .keySchema(
                        one -> one.attributeName("stream").keyType(KeyType.HASH),
                        two -> two.attributeName("version").keyType(KeyType.RANGE)));
        for (int version = 1; version <= 3; version++) {
            edge().events()
                    .append(new Commit(
                            stream,
                            version,
                            "c" + version,
                            Instant.EPOCH,
                            List.of(new StoredEvent("Packed", 1, false, "{\"thing\":\"tea\"}")),
                            new CommitMetadata("somebody", "talk", null, null, null)));
        }
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        DYNAMO.close();
    }

    private Edge edge() {
        OutboundCalls archive = new OutboundCalls() {
            @Override
            public JsonNode invoke(String function, JsonNode event) {
                throw new IllegalStateException(function);
            }

            @Override
            public List<Integer> publish(String bus, List<CloudEvent> events) {
                throw new IllegalStateException(bus);
            }

            @Override
            public JsonNode post(String url, String key, JsonNode request) {
                throw new IllegalStateException(url);
            }

            @Override
            public ObjectStore objects() {
                return new FolderObjectStore(folder);
            }
        };
        return new Edge(
                new Settings(
                        Map.of("SLICE", "attic/boxes", "STAGE", "test", "EVENT_TABLE", table, "VIEW_TABLE", "none")),
                CLIENT,
                archive,
                Clock.systemUTC(),
                _ -> {},
                ParallelTasks.ONE_BY_ONE,
                line -> told.add(json(line)));
    }

    private static JsonNode json(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    private Archiver archiver(Instant now) {
        return new Archiver(
                new Archiver.Stores(CLIENT, table, new FolderObjectStore(folder), "archive"),
                Map.of("Packed", Duration.ofDays(1)),
                _ -> Set.of(),
                Clock.fixed(now, ZoneOffset.UTC),
                _ -> {});
    }

    private void archive() {
        Archiver.Order order = new Archiver.Order("archiver", false, 9);
        assertThat(archiver(CLOSED_AT).run(order, null).closed()).isEqualTo(1);
        assertThat(archiver(CLOSED_AT.plus(Archiver.SETTLED)).run(order, null).archived())
                .isEqualTo(1);
    }

    private static Language language() {
        return Language.of("attic", Set.of(Box.class), List.of());
    }

    @Test
    void a_request_about_an_archived_stream_is_answered_410_with_the_date() {
        archive();
        HttpReply reply = HttpCommandEndpoint.of(
                        edge(),
                        edge().handler(language(), new Packing()),
                        Pack.class,
                        pack -> new StreamId("box", pack.box()),
                        (pack, context) -> Gate.open(pack))
                .handle(new HttpEvent(
                        "/attic/boxes",
                        null,
                        Map.of("content-type", "application/json"),
                        null,
                        Map.of("box", "red"),
                        "{\"thing\": \"cup\"}",
                        false,
                        null));
        assertThat(reply.statusCode()).isEqualTo(410);
        JsonNode problem = json(String.valueOf(reply.body()));
        assertThat(problem.path("type").asText()).isEqualTo("urn:storyline:problem:stream-archived");
        assertThat(problem.path("archivedAt").asText()).isEqualTo(CLOSED_AT.toString());
        assertThat(told.getLast().path("Outcome").asText()).isEqualTo("stream-archived");
    }

    @Test
    void a_dispatched_command_about_an_archived_stream_is_refused_and_not_repeated() {
        archive();
        InternalCommandReply reply = InternalCommandEndpoint.of(
                        edge(),
                        edge().handler(language(), new Packing()),
                        Pack.class,
                        pack -> new StreamId("box", pack.box()))
                .handle(new InternalCommand(
                        "key",
                        "ann",
                        "talk",
                        null,
                        null,
                        true,
                        false,
                        Json.mapper().valueToTree(new Pack("red", "cup"))));
        assertThat(reply).isEqualTo(new InternalCommandReply("rejected", "stream-archived", "box#red", 0));
    }

    private long altered(String... records) throws JsonProcessingException {
        told.clear();
        FeedEndpoint.of(edge(), language(), new Boxes())
                .handle(Json.mapper().readTree("{\"Records\": [" + String.join(", ", records) + "]}"));
        return told.stream()
                .mapToLong(line -> line.path("AlteredCommits").asLong())
                .sum();
    }

    private static String record(String event, int version) {
        return "{\"eventName\": \"" + event + "\", \"dynamodb\": {\"SequenceNumber\": \"" + version
                + "\", \"Keys\": {\"stream\": {\"S\": \"box#red\"}, \"version\": {\"N\": \"" + version + "\"}}}}";
    }

    @Test
    void what_the_archiver_changes_raises_no_alarm_and_everything_else_does() throws Exception {
        assertThat(altered(record("MODIFY", 1), record("REMOVE", 2))).isEqualTo(2);
        archive();
        assertThat(altered(record("MODIFY", 1), record("REMOVE", 2), record("REMOVE", 3)))
                .isZero();
        assertThat(altered(record("MODIFY", 2), record("REMOVE", 1), record("REMOVE", 4), record("MODIFY", 4)))
                .isEqualTo(4);
        archiver(CLOSED_AT).restore(stream, "ida");
        assertThat(altered(record("MODIFY", 1), record("REMOVE", 2), record("REMOVE", 3)))
                .isZero();
        CLIENT.deleteItem(one -> one.tableName(table)
                .key(Map.of("stream", AttributeValue.fromS("box#red"), "version", AttributeValue.fromN("2"))));
        assertThat(altered(record("REMOVE", 2))).isEqualTo(1);
    }
}
