package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** From a change stream over a topic to a view, on DynamoDB Local. */
class CommitDistributorTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:lamp-commits";
    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();
    private static final DynamoDbClient CLIENT = DynamoDbClient.builder()
            .endpointOverride(DYNAMO.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();

    sealed interface Lamp {
        @EventType("Lit")
        record Lit(String lamp, String text) implements Lamp {}
    }

    record Light(String lamp, String text, int times) {}

    private static final Language LANGUAGE = Language.of("lamps", Set.of(Lamp.class), List.of());

    private static final class LightDecider implements Decider<Light, Integer, Lamp> {
        @Override
        public Class<Lamp> folds() {
            return Lamp.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Integer evolve(Integer times, Lamp event) {
            return times + 1;
        }

        @Override
        public Decision<Lamp> decide(Light command, Integer times) {
            return Decision.accept(new Lamp.Lit(command.lamp(), command.text().repeat(command.times())));
        }
    }

    private static final class Lamps implements Projection<Integer, Lamp> {
        @Override
        public String name() {
            return "lamps";
        }

        @Override
        public Class<Lamp> folds() {
            return Lamp.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Step<Integer> step(Integer times, Recorded<Lamp> event) {
            return Step.to(times + 1);
        }
    }

    /** A topic that keeps what it takes; it refuses calls, or single messages, as it is told. */
    private static final class Topic implements OutboundCalls {
        private final List<String> taken = new ArrayList<>();
        private final List<Integer> calls = new ArrayList<>();
        private int refusing = -1;
        private boolean down;

        @Override
        public JsonNode invoke(String function, JsonNode event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            throw new UnsupportedOperationException();
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Integer> announce(String topic, List<String> messages) {
            assertThat(topic).isEqualTo(TOPIC);
            if (down) {
                throw new TransientFailure("The topic does not answer", null);
            }
            calls.add(messages.size());
            for (int i = 0; i < messages.size(); i++) {
                if (i != refusing) {
                    taken.add(messages.get(i));
                }
            }
            return refusing < 0 || refusing >= messages.size() ? List.of() : List.of(refusing);
        }
    }

    private final Topic topic = new Topic();
    private final Edge edge = new Edge(
            new Settings(Map.of(
                    "SLICE", "lamps/light", "EVENT_TABLE", "events", "VIEW_TABLE", "view", "COMMIT_TOPIC", TOPIC)),
            CLIENT,
            topic,
            Clock.systemUTC(),
            Backoff.REAL,
            ParallelTasks.REAL);
    private final CommitDistributor distributor = new CommitDistributor(edge);
    private final FeedEndpoint feed = FeedEndpoint.of(edge, LANGUAGE, new Lamps());

    @BeforeAll
    static void create() {
        create("events", "stream", "version", ScalarAttributeType.N);
        create("view", "pk", "sk", ScalarAttributeType.S);
    }

    private static void create(String table, String hash, String range, ScalarAttributeType type) {
        CLIENT.createTable(request -> request.tableName(table)
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
        CLIENT.close();
        DYNAMO.close();
    }

    /** Records a commit of one event; its text is repeated as often as asked. */
    private void light(String lamp, String text, int times) {
        var endpoint = HttpCommandEndpoint.of(
                edge,
                edge.handler(LANGUAGE, new LightDecider()),
                Light.class,
                light -> new StreamId("lamp", light.lamp()),
                (light, context) -> Gate.open(light));
        String body = Json.mapper()
                .createObjectNode()
                .put("text", text)
                .put("times", times)
                .toString();
        HttpEvent event = new HttpEvent(
                "/", null, Map.of("content-type", "application/json"), null, Map.of("lamp", lamp), body, false, null);
        assertThat(endpoint.handle(event).statusCode()).isEqualTo(200);
    }

    /** The commits of a stream as a batch of its change stream, in which each has its version as its sequence number. */
    private static JsonNode changes(String lamp) {
        ObjectNode batch = Json.mapper().createObjectNode();
        ArrayNode records = batch.putArray("Records");
        CLIENT.queryPaginator(request -> request.tableName("events")
                        .keyConditionExpression("#stream = :stream")
                        .expressionAttributeNames(Map.of("#stream", "stream"))
                        .expressionAttributeValues(Map.of(":stream", AttributeValue.fromS("lamp#" + lamp))))
                .items()
                .forEach(item -> {
                    ObjectNode change = records.addObject()
                            .put("eventName", "INSERT")
                            .put("eventID", "something")
                            .putObject("dynamodb")
                            .put("SequenceNumber", value(item, "version").n());
                    change.set(
                            "Keys", typed(Map.of("stream", value(item, "stream"), "version", value(item, "version"))));
                    change.set("NewImage", typed(item));
                });
        return batch;
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static ObjectNode typed(Map<String, AttributeValue> item) {
        ObjectNode typed = Json.mapper().createObjectNode();
        item.forEach((name, value) -> typed.set(name, typed(value)));
        return typed;
    }

    private static ObjectNode typed(AttributeValue value) {
        ObjectNode typed = Json.mapper().createObjectNode();
        switch (value.type()) {
            case S -> typed.put("S", value.s());
            case N -> typed.put("N", value.n());
            case BOOL -> typed.put("BOOL", value.bool());
            case M -> typed.set("M", typed(value.m()));
            default -> {
                ArrayNode list = typed.putArray("L");
                value.l().forEach(one -> list.add(typed(one)));
            }
        }
        return typed;
    }

    /** Delivers what the topic has taken, as Lambda delivers messages of a queue; returns the ids of those that failed. */
    private List<String> deliver(List<String> messages) {
        ObjectNode batch = Json.mapper().createObjectNode();
        ArrayNode records = batch.putArray("Records");
        for (int i = 0; i < messages.size(); i++) {
            records.addObject()
                    .put("messageId", "m" + i)
                    .put("body", messages.get(i))
                    .put("eventSource", "aws:sqs");
        }
        return feed.handle(batch).batchItemFailures().stream()
                .map(PartialBatchResponse.Failure::itemIdentifier)
                .toList();
    }

    private long position(String lamp) {
        return edge.view("VIEW_TABLE", "lamps")
                .consistent()
                .head(new StreamId("lamp", lamp))
                .position();
    }

    private List<String> failed(JsonNode changes) {
        return distributor.handle(changes).batchItemFailures().stream()
                .map(PartialBatchResponse.Failure::itemIdentifier)
                .toList();
    }

    @Test
    void commits_reach_the_view_over_the_topic_in_any_order_and_twice() {
        for (int i = 0; i < 23; i++) {
            light("order", "on", 1);
        }
        assertThat(failed(changes("order"))).isEmpty();
        assertThat(topic.calls).containsExactly(10, 10, 3);
        List<String> messages = new ArrayList<>(topic.taken);
        messages.addAll(topic.taken.subList(0, 5));
        Collections.reverse(messages);
        assertThat(deliver(messages.subList(0, 9))).isEmpty();
        assertThat(deliver(messages)).isEmpty();
        assertThat(position("order")).isEqualTo(23);
    }

    @Test
    void a_commit_that_no_message_holds_is_named_only_and_its_reader_fetches_it() {
        light("large", "a long text; ", 20_000);
        light("large", "short", 1);
        assertThat(failed(changes("large"))).isEmpty();
        assertThat(topic.taken).hasSize(2);
        assertThat(topic.taken.getFirst())
                .isEqualTo("{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":"
                        + changes("large").at("/Records/0/dynamodb/Keys") + "}}");
        assertThat(deliver(topic.taken.subList(0, 1))).isEmpty();
        assertThat(position("large")).isGreaterThanOrEqualTo(1);
        assertThat(deliver(topic.taken)).isEmpty();
        assertThat(position("large")).isEqualTo(2);
    }

    @Test
    void no_call_is_larger_than_the_topic_takes_it() {
        for (int i = 0; i < 7; i++) {
            light("many", "ä", 40_000);
        }
        assertThat(failed(changes("many"))).isEmpty();
        assertThat(topic.taken)
                .hasSize(7)
                .allSatisfy(message -> assertThat(message).contains("NewImage"));
        assertThat(topic.calls).containsExactly(3, 3, 1);
    }

    /** A commit of an earlier version may hold what no request may hold today. */
    @Test
    void text_that_no_queue_takes_is_escaped() throws Exception {
        String odd = "\u0001 \uFFFE \uFFFF \uD83C\uDF81 \uD800";
        ObjectNode batch = Json.mapper().createObjectNode();
        batch.putArray("Records")
                .addObject()
                .put("eventName", "INSERT")
                .putObject("dynamodb")
                .putObject("NewImage")
                .put("text", odd);
        assertThat(failed(batch)).isEmpty();
        assertThat(topic.taken).singleElement().asString().matches("[ -~]+");
        assertThat(Json.mapper()
                        .readTree(topic.taken.getFirst())
                        .at("/dynamodb/NewImage/text")
                        .asText())
                .isEqualTo(odd);
    }

    @Test
    void what_the_topic_does_not_take_is_delivered_again_and_what_follows_a_failed_call_too() {
        for (int i = 0; i < 12; i++) {
            light("refused", "on", 1);
        }
        topic.refusing = 4;
        assertThat(failed(changes("refused")))
                .as("one message and the next call")
                .containsExactly("5", "11", "12");
        topic.refusing = -1;
        topic.down = true;
        assertThat(failed(changes("refused"))).hasSize(12).first().isEqualTo("1");
        topic.down = false;
        topic.taken.clear();
        assertThat(failed(changes("refused"))).isEmpty();
        assertThat(deliver(topic.taken)).isEmpty();
        assertThat(position("refused")).isEqualTo(12);
    }

    @Test
    void a_message_that_is_no_change_record_is_acknowledged_and_never_applied() {
        assertThat(deliver(List.of("no JSON", "{}", "{\"eventName\": \"REMOVE\", \"dynamodb\": {\"Keys\": {}}}")))
                .isEmpty();
    }
}
