package dev.storyline.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.local.Shop;
import dev.storyline.local.database.LocalDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** The AWS services for functions in processes, over the wire: by the SDK and by the protocols of AWS. */
@Tag("slow")
class LocalAwsTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final Map<String, AttributeValue> ITEM =
            Map.of("stream", AttributeValue.fromS("a"), "version", AttributeValue.fromN("1"));

    /** Keeps the calls that reach it; an event of the type {@code lost} is refused. */
    private static final class Written implements OutboundCalls {
        private final List<String> all = new ArrayList<>();

        @Override
        public JsonNode invoke(String function, JsonNode event) {
            if (event.has("fail")) {
                throw new TransientFailure("It fell over.", null);
            }
            all.add(function.substring(function.lastIndexOf(':') + 1) + " " + event);
            return Json.mapper().createObjectNode().put("done", true);
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            if (events.getFirst().type().equals("lost")) {
                return List.of(0);
            }
            events.forEach(event -> all.add(bus + " " + event.type()));
            return List.of();
        }

        @Override
        public List<Integer> announce(String topic, List<String> messages) {
            if (messages.contains("trouble")) {
                throw new TransientFailure("It fell over.", null);
            }
            all.add(topic.substring(topic.lastIndexOf(':') + 1) + " " + messages);
            int lost = messages.indexOf("lost");
            return lost < 0 ? List.of() : List.of(lost);
        }

        @Override
        public void schedule(OneTimeSchedule schedule) {
            all.add(schedule.group() + " " + schedule.name() + " " + schedule.at() + " " + schedule.event());
        }

        @Override
        public void unschedule(String group, String name) {
            all.add(group + " " + name + " taken back");
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            throw new UnsupportedOperationException();
        }
    }

    @TempDir
    Path root;

    private final Written written = new Written();
    private final HttpClient http = HttpClient.newHttpClient();
    private LocalDatabase tables;
    private SdkHttpClient sdk;
    private Deployment deployment;
    private LocalAws aws;

    @BeforeEach
    void open() throws IOException {
        Shop.in(root).write("functions/shop/sell/template.yaml", """
                Parameters:
                  Stage: {Type: String, Default: dev}
                Resources:
                  Sell:
                    Type: AWS::Serverless::Function
                    Properties:
                      FunctionName: sell
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: sell}}
                      Policies:
                        - Statement:
                            - Effect: Allow
                              Action: [dynamodb:Query, dynamodb:PutItem]
                              Resource: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-table-arn"}
                            - {Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Pack.Arn}
                            - {Effect: Allow, Action: sns:Publish, Resource: !Ref Topic}
                            - Effect: Allow
                              Action: [scheduler:CreateSchedule, scheduler:DeleteSchedule]
                              Resource: !Sub "arn:aws:scheduler:${AWS::Region}:${AWS::AccountId}:schedule/shop/*"
                            - Effect: Allow
                              Action: iam:PassRole
                              Resource: !Sub "arn:aws:iam::${AWS::AccountId}:role/lent"
                            - Effect: Allow
                              Action: events:PutEvents
                              Resource: !Sub arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/shop
                  Pack:
                    Type: AWS::Serverless::Function
                    Properties:
                      FunctionName: pack
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: pack}}
                  Topic:
                    Type: AWS::SNS::Topic
                    Properties: {TopicName: commits}
                """);
        deployment = Deployment.read(root);
        tables = LocalDatabase.open(null);
        tables.create(deployment.tables());
        sdk = ApacheHttpClient.create();
        aws = new LocalAws(deployment, tables.endpoint(), sdk, written, () -> Duration.ZERO);
    }

    @AfterEach
    void close() {
        aws.close();
        sdk.close();
        tables.close();
        http.close();
    }

    private Map<String, String> environment(String function) {
        return aws.environment(deployment.functions().stream()
                .filter(one -> one.arn().equals(ARN + function))
                .findFirst()
                .orElseThrow());
    }

    private static String set(Map<String, String> environment, String name) {
        return Objects.requireNonNull(environment.get(name));
    }

    private DynamoDbClient dynamo(String function) {
        Map<String, String> environment = environment(function);
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(set(environment, "AWS_ENDPOINT_URL_DYNAMODB")))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        set(environment, "AWS_ACCESS_KEY_ID"), set(environment, "AWS_SECRET_ACCESS_KEY"))))
                .httpClient(sdk)
                .build();
    }

    private HttpResponse<String> send(String key, String path, String target, String body) throws Exception {
        return send(key, path, target, "application/x-amz-json-1.0", body);
    }

    private HttpResponse<String> send(String key, String path, String target, String type, String body)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(set(environment("sell"), "AWS_ENDPOINT_URL_LAMBDA"))
                                .resolve(path))
                        .header(
                                "authorization",
                                "AWS4-HMAC-SHA256 Credential=" + key
                                        + "/20261121/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0")
                        .header("x-amz-target", target)
                        .header("content-type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> sell(String path, String target, String body) throws Exception {
        return send(set(environment("sell"), "AWS_ACCESS_KEY_ID"), path, target, body);
    }

    private static String invocation(String function) {
        return "/2015-03-31/functions/" + ARN + function + "/invocations";
    }

    private static String entries(String bus, String... types) {
        ObjectNode request = Json.mapper().createObjectNode();
        for (String type : types) {
            request.withArray("Entries").addObject().put("EventBusName", bus).put("Detail", """
                            {"specversion": "1.0", "id": "id-of-%s", "source": "/shop", "type": "%s", "subject": "sale#1",
                             "time": "2026-11-21T00:00:00Z", "datacontenttype": "application/json", "data": {}}""".formatted(type, type));
        }
        return request.toString();
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.mapper().readTree(response.body());
    }

    @Test
    void a_function_reaches_the_tables_that_its_policy_names_through_the_SDK() {
        try (DynamoDbClient dynamo = dynamo("sell")) {
            dynamo.putItem(request -> request.tableName(Shop.EVENTS).item(ITEM));
            assertThat(dynamo.query(request -> request.tableName(Shop.EVENTS)
                                    .keyConditionExpression("#s = :a")
                                    .expressionAttributeNames(Map.of("#s", "stream"))
                                    .expressionAttributeValues(Map.of(":a", AttributeValue.fromS("a"))))
                            .items())
                    .containsExactly(ITEM);
            assertThatThrownBy(() -> dynamo.putItem(request -> request.tableName(Shop.EVENTS)
                            .item(ITEM)
                            .conditionExpression("attribute_not_exists(version)")))
                    .isInstanceOf(ConditionalCheckFailedException.class);
        }
    }

    @Test
    void a_call_that_the_policy_does_not_allow_is_denied_as_on_AWS() {
        try (DynamoDbClient sell = dynamo("sell");
                DynamoDbClient pack = dynamo("pack")) {
            assertThatThrownBy(() -> sell.deleteItem(
                            request -> request.tableName(Shop.EVENTS).key(ITEM)))
                    .isInstanceOfSatisfying(DynamoDbException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(400);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    })
                    .hasMessageContaining("not authorized to perform: dynamodb:DeleteItem on resource: "
                            + "arn:aws:dynamodb:us-east-1:000000000000:table/" + Shop.EVENTS);
            assertThatThrownBy(() -> pack.putItem(
                            request -> request.tableName(Shop.EVENTS).item(ITEM)))
                    .hasMessageContaining("dynamodb:PutItem");
        }
        assertThat(tables.client()
                        .scan(request -> request.tableName(Shop.EVENTS))
                        .count())
                .isZero();
    }

    @Test
    void a_function_invokes_the_functions_that_its_policy_names() throws Exception {
        HttpResponse<String> done = sell(invocation("pack"), "", "{\"sale\": 1}");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(json(done)).isEqualTo(Json.mapper().createObjectNode().put("done", true));
        assertThat(written.all).containsExactly("pack {\"sale\":1}");

        HttpResponse<String> failed = sell(invocation("pack"), "", "{\"fail\": true}");
        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(failed.headers().firstValue("x-amz-function-error")).contains("Unhandled");
        assertThat(json(failed).path("errorMessage").asText()).isEqualTo("It fell over.");

        HttpResponse<String> denied = sell(invocation("sell"), "", "{}");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(json(denied).path("__type").asText()).isEqualTo("AccessDeniedException");
        assertThat(written.all).hasSize(1);
    }

    @Test
    void a_function_publishes_on_the_buses_that_its_policy_names_and_gets_a_result_for_each_event() throws Exception {
        JsonNode answer = json(sell("/", "AWSEvents.PutEvents", entries("shop", "sold", "lost")));
        assertThat(answer.path("FailedEntryCount").asInt()).isEqualTo(1);
        assertThat(answer.at("/Entries/0/EventId").asText()).isEqualTo("id-of-sold");
        assertThat(answer.at("/Entries/1/ErrorCode").asText()).isEqualTo("InternalFailure");
        assertThat(written.all).containsExactly("shop sold");

        HttpResponse<String> denied = sell("/", "AWSEvents.PutEvents", entries("others", "sold"));
        assertThat(denied.statusCode()).isEqualTo(400);
        assertThat(json(denied).path("__type").asText()).isEqualTo("AccessDeniedException");
        assertThat(written.all).hasSize(1);
    }

    private HttpResponse<String> announce(String topic, String... messages) throws Exception {
        StringBuilder form =
                new StringBuilder("Action=PublishBatch&TopicArn=arn:aws:sns:us-east-1:000000000000:" + topic);
        for (int i = 0; i < messages.length; i++) {
            String entry = "&PublishBatchRequestEntries.member." + (i + 1);
            form.append(entry)
                    .append(".Id=id")
                    .append(i)
                    .append(entry)
                    .append(".Message=")
                    .append(messages[i]);
        }
        return send(
                set(environment("sell"), "AWS_ACCESS_KEY_ID"),
                "/",
                "",
                "application/x-www-form-urlencoded",
                form.toString());
    }

    @Test
    void a_function_announces_on_the_topics_that_its_policy_names_and_hears_what_was_taken() throws Exception {
        HttpResponse<String> taken = announce("commits", "a+%26+b", "lost", "c");
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.body()).contains("<Id>id0</Id>", "<Id>id2</Id>").doesNotContain("id1");
        assertThat(written.all).containsExactly("commits [a & b, lost, c]");

        assertThat(announce("commits", "trouble").statusCode()).isEqualTo(500);
        HttpResponse<String> denied = announce("others", "a");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(json(denied).path("message").asText()).contains("not authorized to perform: sns:Publish");
        assertThat(written.all).hasSize(1);
    }

    private HttpResponse<String> unschedule(String group) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(set(environment("sell"), "AWS_ENDPOINT_URL_SCHEDULER"))
                                .resolve("/schedules/a1?groupName=" + group))
                        .header(
                                "authorization",
                                "AWS4-HMAC-SHA256 Credential=" + set(environment("sell"), "AWS_ACCESS_KEY_ID")
                                        + "/20261121/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0")
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String schedule(String group, String at, String role) {
        return Json.mapper()
                .createObjectNode()
                .put("GroupName", group)
                .put("ScheduleExpression", at)
                .set(
                        "Target",
                        Json.mapper()
                                .createObjectNode()
                                .put("Arn", "arn:pack")
                                .put("RoleArn", role)
                                .put("Input", "{\"a\": 1}"))
                .toString();
    }

    @Test
    void a_function_creates_and_removes_schedules_of_the_group_that_its_policy_names() throws Exception {
        String role = "arn:aws:iam::000000000000:role/lent";
        assertThat(sell("/schedules/a1", "", schedule("shop", "at(2026-12-01T10:00:00)", role))
                        .statusCode())
                .isEqualTo(200);
        assertThat(unschedule("shop").statusCode()).isEqualTo(200);
        assertThat(written.all).containsExactly("shop a1 2026-12-01T10:00:00Z {\"a\":1}", "shop a1 taken back");

        assertThat(json(sell("/schedules/a1", "", schedule("shop", "rate(1 day)", role)))
                        .path("__type")
                        .asText())
                .isEqualTo("ValidationException");
        assertThat(sell("/schedules/a1", "", schedule("others", "at(2026-12-01T10:00:00)", role))
                        .statusCode())
                .isEqualTo(403);
        assertThat(json(sell("/schedules/a1", "", schedule("shop", "at(2026-12-01T10:00:00)", "arn:other")))
                        .path("message")
                        .asText())
                .contains("not authorized to perform: iam:PassRole");
        assertThat(unschedule("others").statusCode()).isEqualTo(403);
        assertThat(written.all).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOBODY | DynamoDB_20120810.Query | {} | 403 | UnrecognizedClientException",
                "sell | DynamoDB_20120810.Query | { | 400 | SerializationException",
                "sell | Kinesis_20131202.PutRecord | {} | 400 | UnknownOperationException"
            })
    void unknown_callers_and_unknown_requests_are_refused(
            String who, String target, String body, int status, String type) throws Exception {
        String key = who.equals("sell") ? set(environment("sell"), "AWS_ACCESS_KEY_ID") : who;
        HttpResponse<String> refused = send(key, "/", target, body);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused).path("__type").asText()).isEqualTo(type);
    }
}
