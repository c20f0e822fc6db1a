package dev.storyline.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Policy;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.SellFunction;
import dev.storyline.local.Shop;
import dev.storyline.local.common.DynamoJson;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.database.LocalDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Policies are enforced in functions and event source mappings. */
@Tag("slow")
class PermissionsTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/";
    private static final Map<String, AttributeValue> ITEM =
            Map.of("stream", AttributeValue.fromS("a"), "version", AttributeValue.fromN("1"));

    @TempDir
    Path root;

    private static Deployment.FunctionSpec function(Policy.Statement... allowed) {
        return new Deployment.FunctionSpec(
                "arn:aws:lambda:us-east-1:000000000000:function:shop-sell",
                "shop/sell",
                Path.of("shop"),
                "sell",
                Map.of(),
                "java25",
                Duration.ofSeconds(3),
                128,
                "",
                0,
                new Policy(List.of(allowed)));
    }

    /** Every call that slices make, by the action that allows it. */
    private static Map<String, Consumer<DynamoDbClient>> calls() {
        Map<String, Consumer<DynamoDbClient>> calls = new LinkedHashMap<>();
        calls.put(
                "PutItem",
                dynamo ->
                        dynamo.putItem(request -> request.tableName(Shop.EVENTS).item(ITEM)));
        calls.put(
                "GetItem",
                dynamo ->
                        dynamo.getItem(request -> request.tableName(Shop.EVENTS).key(ITEM)));
        calls.put(
                "UpdateItem",
                dynamo -> dynamo.updateItem(
                        request -> request.tableName(Shop.EVENTS).key(ITEM)));
        calls.put(
                "Query",
                dynamo -> dynamo.queryPaginator(request -> request.tableName(Shop.EVENTS)
                                .keyConditionExpression("#s = :a")
                                .expressionAttributeNames(Map.of("#s", "stream"))
                                .expressionAttributeValues(Map.of(":a", AttributeValue.fromS("a"))))
                        .forEach(page -> assertThat(page.count()).isLessThan(2)));
        calls.put("Scan", dynamo -> dynamo.scan(request -> request.tableName(Shop.EVENTS)));
        calls.put("DescribeTable", dynamo -> dynamo.describeTable(request -> request.tableName(Shop.EVENTS)));
        calls.put(
                "BatchGetItem",
                dynamo -> dynamo.batchGetItem(request -> request.requestItems(Map.of(
                        Shop.EVENTS, KeysAndAttributes.builder().keys(ITEM).build()))));
        calls.put(
                "ConditionCheckItem",
                dynamo -> dynamo.transactWriteItems(request ->
                        request.transactItems(item -> item.conditionCheck(check -> check.tableName(Shop.EVENTS)
                                .key(ITEM)
                                .conditionExpression("attribute_not_exists(absent)")))));
        calls.put(
                "BatchWriteItem",
                dynamo -> dynamo.batchWriteItem(request -> request.requestItems(Map.of(
                        Shop.EVENTS,
                        List.of(WriteRequest.builder()
                                .putRequest(PutRequest.builder().item(ITEM).build())
                                .build())))));
        calls.put(
                "DeleteItem",
                dynamo -> dynamo.deleteItem(
                        request -> request.tableName(Shop.EVENTS).key(ITEM)));
        return calls;
    }

    @Test
    void a_call_without_its_grant_is_refused_as_on_AWS_and_other_calls_are_not() throws IOException {
        Deployment shop =
                Deployment.read(Shop.in(root).route("one", "echo", "GET /one").root());
        String events = TABLE + Shop.EVENTS;
        try (LocalDatabase tables = LocalDatabase.open(null)) {
            tables.create(shop.tables());
            calls().forEach((action, call) -> {
                DynamoDbClient others = PermittedDynamoDb.of(
                        tables.client(),
                        function(Policy.Statement.allow(
                                events,
                                calls().keySet().stream()
                                        .filter(one -> !one.equals(action))
                                        .map(one -> "dynamodb:" + one)
                                        .toArray(String[]::new))));
                assertThatThrownBy(() -> call.accept(others))
                        .as(action)
                        .isInstanceOfSatisfying(DynamoDbException.class, e -> {
                            assertThat(e.statusCode()).isEqualTo(400);
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                            assertThat(e.isThrottlingException()).isFalse();
                        })
                        .hasMessageContaining("shop-sell is not authorized to perform: dynamodb:" + action
                                + " on resource: " + events + " because no identity-based policy allows");
                DynamoDbClient only = PermittedDynamoDb.of(
                        tables.client(), function(Policy.Statement.allow(events, "dynamodb:" + action)));
                assertThatCode(() -> call.accept(only)).as(action).doesNotThrowAnyException();
            });
        }
    }

    @Test
    void a_function_reaches_only_what_its_policy_names() {
        List<String> reached = new ArrayList<>();
        OutboundCalls all = new OutboundCalls() {
            @Override
            public JsonNode invoke(String function, JsonNode event) {
                reached.add(function);
                return event;
            }

            @Override
            public List<Integer> publish(String bus, List<CloudEvent> events) {
                reached.add(bus);
                return List.of();
            }

            @Override
            public JsonNode post(String url, String key, JsonNode request) {
                reached.add(url);
                return request;
            }
        };
        JsonNode event = Json.mapper().createObjectNode();
        OutboundCalls none = new PermittedOutboundCalls(all, function());
        assertThatThrownBy(() -> none.invoke("arn:two", event))
                .hasMessageContaining("not authorized to perform: lambda:InvokeFunction on resource: arn:two");
        assertThatThrownBy(() -> none.publish("bus", List.of()))
                .hasMessageContaining("not authorized to perform: events:PutEvents on resource:"
                        + " arn:aws:events:us-east-1:000000000000:event-bus/bus");
        none.post("https://port", "key", event);
        OutboundCalls some = new PermittedOutboundCalls(
                all,
                function(
                        Policy.Statement.allow("arn:two", "lambda:InvokeFunction"),
                        Policy.Statement.allow(
                                "arn:aws:events:us-east-1:000000000000:event-bus/bus", "events:PutEvents")));
        some.invoke("arn:two", event);
        some.publish("bus", List.of());
        assertThat(reached).containsExactly("https://port", "arn:two", "bus");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
                "sqs:SendMessage",
            })
    void a_feed_whose_function_lacks_an_action_is_reported_at_the_start(String action) throws IOException {
        Shop shop = Shop.in(root).feed("orders", "BatchSize: 1");
        assertThatCode(() -> Permissions.check(Deployment.read(root))).doesNotThrowAnyException();
        String template = Files.readString(root.resolve("functions/shop/orders/template.yaml"));
        shop.write("functions/shop/orders/template.yaml", template.replace(action, "dynamodb:Nothing"));

        assertThatThrownBy(() -> LocalCloud.start(shop.inMemory()))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageStartingWith("The mapping shop/orders/Mapping cannot work: the policy of the function"
                        + " 'deliver' of shop/orders does not allow " + action + " on arn:aws:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kinesis:DescribeStreamSummary",
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:ListShards",
                "kinesis:SubscribeToShard",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:ReceiveMessage",
            })
    void a_kinesis_feed_or_a_queue_whose_function_lacks_an_action_is_reported(String action) {
        assertThatCode(() -> Permissions.check(fed(""))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Permissions.check(fed(action)))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("does not allow " + action + " on arn:aws:" + action.substring(0, 3));
    }

    private static Deployment fed(String without) {
        String stream = "arn:aws:kinesis:us-east-1:000000000000:stream/shop";
        String queue = "arn:aws:sqs:us-east-1:000000000000:shop";
        String[] reading = Stream.of("DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards")
                .map(action -> "kinesis:" + action)
                .filter(action -> !action.equals(without))
                .toArray(String[]::new);
        String[] receiving = Stream.of("DeleteMessage", "GetQueueAttributes", "ReceiveMessage")
                .map(action -> "sqs:" + action)
                .filter(action -> !action.equals(without))
                .toArray(String[]::new);
        String consumer = stream + "/consumer/shop:1";
        Deployment.FunctionSpec function = function(
                Policy.Statement.allow(stream, reading),
                Policy.Statement.allow(
                        consumer,
                        without.equals("kinesis:SubscribeToShard") ? "kinesis:Nothing" : "kinesis:SubscribeToShard"),
                Policy.Statement.allow(queue, receiving));
        return new Deployment(
                List.of(function),
                List.of(),
                List.of(),
                List.of(new Deployment.Feed("shop/feed", function.arn(), consumer, 1, true, true, 1, 60, "")),
                List.of(),
                List.of(new Deployment.QueueFeed("shop/queue", function.arn(), queue, 1)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Three slices on one event table. The second command, the feed and the query lack one grant each. */
    private Shop sales() throws IOException {
        return Shop.in(root)
                .slice("sell", SellFunction.class, selling("/sales/{customerId}", "dynamodb:Query, dynamodb:PutItem"))
                .slice("resell", SellFunction.class, selling("/resales/{customerId}", "dynamodb:Query"))
                .slice(
                        "sales",
                        SellFunction.class,
                        """
                  View:
                    Type: AWS::DynamoDB::Table
                    Properties:
                      TableName: sales
                      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}, {AttributeName: sk, AttributeType: S}]
                      KeySchema: [{AttributeName: pk, KeyType: HASH}, {AttributeName: sk, KeyType: RANGE}]
                  Feed:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: sales-feed, VIEW_TABLE: !Ref View}}
                      Policies:
                        - Statement:
                            - Effect: Allow
                              Action: [dynamodb:BatchGetItem, dynamodb:GetItem]
                              Resource: !GetAtt View.Arn
                """ + function("sales", "GET /sales/{customerId}", "dynamodb:GetItem", "!GetAtt View.Arn"));
    }

    private static String selling(String path, String actions) {
        return function(
                "sell",
                "POST " + path,
                actions,
                "!ImportValue {\"Fn::Sub\": \"storyline-${Stage}-shop-event-table-arn\"}");
    }

    private static String function(String export, String route, String actions, String resource) {
        return """
                  Fn:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: %s, VIEW_TABLE: sales}}
                      Policies: [{Statement: [{Effect: Allow, Action: [%s], Resource: %s}]}]
                  Integration:
                    Type: AWS::ApiGatewayV2::Integration
                    Properties: {IntegrationUri: !GetAtt Fn.Arn}
                  Route:
                    Type: AWS::ApiGatewayV2::Route
                    Properties: {RouteKey: "%s", Target: !Sub "integrations/${Integration}"}
                """.formatted(export, actions, resource, route);
    }

    @Test
    void in_a_running_cloud_a_missing_grant_is_500_and_a_log_line_and_writes_nothing() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("dev.storyline.edge");
        Handler handler = handler(log);
        logger.addHandler(handler);
        try (LocalCloud cloud = LocalCloud.start(sales().inMemory());
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.ofString("{}");
            URI uri = cloud.baseUri();
            assertThat(status(
                            http,
                            HttpRequest.newBuilder(uri.resolve("/resales/ann"))
                                    .header("content-type", "application/json")
                                    .POST(nothing)))
                    .isEqualTo(500);
            assertThat(cloud.dynamo().scan(scan -> scan.tableName(Shop.EVENTS)).items())
                    .isEmpty();
            assertThat(log)
                    .singleElement()
                    .asString()
                    .contains("shop/resell", "not authorized to perform: dynamodb:PutItem", TABLE + Shop.EVENTS);

            assertThat(status(
                            http,
                            HttpRequest.newBuilder(uri.resolve("/sales/ann"))
                                    .header("content-type", "application/json")
                                    .POST(nothing)))
                    .isEqualTo(200);
            assertThat(status(http, HttpRequest.newBuilder(uri.resolve("/sales/ann"))))
                    .isEqualTo(500);
            assertThat(log.getLast())
                    .contains("shop/sales", "not authorized to perform: dynamodb:Query", TABLE + "sales");

            ObjectNode record = Json.mapper().createObjectNode().put("eventName", "INSERT");
            Map<String, AttributeValue> item = cloud.dynamo()
                    .scan(scan -> scan.tableName(Shop.EVENTS))
                    .items()
                    .getFirst();
            record.putObject("dynamodb").put("SequenceNumber", "7").set("NewImage", DynamoJson.item(item));
            ObjectNode batch = Json.mapper().createObjectNode();
            batch.putArray("Records").add(record);
            assertThat(cloud.invoke("sales-feed", batch).path("batchItemFailures"))
                    .as("a batch that the view may not take is delivered again")
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.path("itemIdentifier").asText()).isEqualTo("7"));
            assertThat(cloud.dynamo().scan(scan -> scan.tableName("sales")).items())
                    .isEmpty();
        } finally {
            logger.removeHandler(handler);
        }
    }

    private static int status(HttpClient http, HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Handler handler(List<String> log) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                    log.add(entry.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
