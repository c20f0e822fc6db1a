package dev.storyline.local.operator;

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
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.Proxies;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.lambda.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** What an operator sees and may do through the clients of the AWS SDK. */
class InstallationTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private static final String POLICY = """
              OperatorPolicy:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Statement:
                      - {Effect: Allow, Action: "lambda:ListFunctions", Resource: "*"}
                      - Effect: Allow
                        Action: lambda:InvokeFunction
                        Resource: !Sub arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*
                        Condition: {StringEquals: {"aws:ResourceTag/storyline-upkeep": !Sub "${Stage}/shop"}}
                      - {Effect: Allow, Action: ["dynamodb:Query"], Resource: !GetAtt EventTable.Arn}
            """;

    /** Answers what the functions of slices would. */
    private static final class Functions implements OutboundCalls {
        @Override
        public JsonNode invoke(String function, JsonNode event) {
            if (event.has("fail")) {
                throw new TransientFailure("It fell over.", null);
            }
            return Json.mapper()
                    .createObjectNode()
                    .put("function", function.substring(function.lastIndexOf(':') + 1))
                    .set("asked", event);
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Integer> announce(String topic, List<String> messages) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void schedule(OneTimeSchedule schedule) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unschedule(String group, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoClock implements LocalSide {
        @Override
        public JsonNode clock(ObjectNode request) {
            return request;
        }

        @Override
        public JsonNode restore(ObjectNode request) {
            return request;
        }
    }

    @TempDir
    Path root;

    private LocalDatabase tables;
    private SdkHttpClient http;
    private LocalAws aws;

    @BeforeEach
    void open() throws IOException {
        Shop shop = Shop.in(root);
        Path infra = root.resolve("infra/shop.yaml");
        Files.writeString(infra, Files.readString(infra).replace("Outputs:", POLICY + "Outputs:"));
        // More functions than one answer lists, so that the maintenance function is on the second page.
        StringBuilder others = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            others.append(function("Other" + i, "other-" + i, ""));
        }
        shop.write(
                "functions/shop/stock/template.yaml",
                """
                Parameters:
                  Stage: {Type: String, Default: dev}
                Globals:
                  Function:
                    Environment:
                      Variables:
                        SLICE: shop/stock
                        STAGE: !Ref Stage
                        EVENT_TABLE: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-table"}
                Resources:
                """ + others + function("Upkeep", "stock-upkeep", "Tags: {storyline-upkeep: !Sub \"${Stage}/shop\"}"));
        Deployment deployment = Deployment.read(root);
        tables = LocalDatabase.open(null);
        tables.create(deployment.tables());
        http = Proxies.direct().build();
        aws = new LocalAws(deployment, tables.endpoint(), http, new Functions(), () -> Duration.ZERO);
        aws.admitOperator(KEY);
    }

    private static String function(String id, String export, String more) {
        return """
                  %s:
                    Type: AWS::Serverless::Function
                    Properties:
                      FunctionName: %s
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: %s}}
                      %s
                """.formatted(id, id.toLowerCase(Locale.ROOT), export, more);
    }

    @AfterEach
    void close() {
        aws.close();
        http.close();
        tables.close();
    }

    private Installation.Connection connection(String key) {
        return Installations.local("The local cloud", aws.address(), key, new NoClock(), () -> {});
    }

    private Installation installation(String... contexts) {
        return new Installation(connection(KEY), Set.of(contexts));
    }

    @Test
    void an_operator_finds_slices_and_tables_and_asks_maintenance_functions() {
        try (Installation shop = installation()) {
            assertThat(shop.slices()).containsExactly("shop/stock");
            assertThat(shop.contexts()).containsExactly("shop");
            assertThat(shop.eventTable("shop")).isEqualTo(Shop.EVENTS);
            ObjectNode request = Json.mapper().createObjectNode().put("do", "parked");
            JsonNode answer = shop.ask("shop/stock", request);
            assertThat(answer.path("function").asText()).isEqualTo("upkeep");
            assertThat(answer.path("asked")).isEqualTo(request);
            assertThat(shop.actor()).isEqualTo(System.getProperty("user.name"));
            assertThatThrownBy(() -> shop.ask(
                            "shop/stock", Json.mapper().createObjectNode().put("fail", 1)))
                    .isInstanceOf(LocalCloudException.class)
                    .hasMessage("It fell over.");
            assertThatThrownBy(() -> shop.ask("shop/nowhere", request))
                    .hasMessage("There is no view and no event handler 'shop/nowhere'. There are: shop/stock.");
        }
    }

    @Test
    void an_operator_may_do_what_the_policy_of_the_context_says_and_nothing_else() {
        Installation.Connection operator = connection(KEY);
        try (Installation shop = new Installation(operator, Set.of())) {
            assertThat(shop.dynamo()
                            .query(query -> query.tableName(Shop.EVENTS)
                                    .keyConditionExpression("#stream = :stream")
                                    .expressionAttributeNames(Map.of("#stream", "stream"))
                                    .expressionAttributeValues(Map.of(":stream", AttributeValue.fromS("till#1"))))
                            .count())
                    .isZero();
            assertThatThrownBy(() -> shop.dynamo()
                            .putItem(put -> put.tableName(Shop.EVENTS).item(Map.of())))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("dynamodb:PutItem");
            assertThatThrownBy(() -> operator.lambda()
                            .invoke(call -> call.functionName("arn:aws:lambda:us-east-1:000000000000:function:other7")
                                    .payload(SdkBytes.fromUtf8String("{}"))))
                    .isInstanceOf(LambdaException.class)
                    .hasMessageContaining("lambda:InvokeFunction");
        }
    }

    @Test
    void whoever_does_not_know_the_key_is_refused_in_one_sentence() {
        assertThatThrownBy(() -> new Installation(connection("LOCAL99999"), Set.of()))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageStartingWith("The local cloud does not know the credentials: UnrecognizedClientException");
    }

    @Test
    void a_context_that_is_left_out_is_named_with_those_that_are_there() {
        assertThatThrownBy(() -> installation("kitchen"))
                .isInstanceOf(LocalCloudException.class)
                .hasMessage("The local cloud leaves the context 'kitchen' out: it has shop.");
    }

    @Test
    void a_stream_is_found_in_the_context_that_has_it() {
        tables.client()
                .putItem(put -> put.tableName(Shop.EVENTS)
                        .item(Map.of("stream", AttributeValue.fromS("till#1"), "version", AttributeValue.fromN("1"))));
        try (Installation shop = installation()) {
            assertThat(StreamName.find(shop, "till#1")).hasToString("shop/till#1");
            assertThat(StreamName.find(shop, "shop/till#1")).hasToString("shop/till#1");
            assertThatThrownBy(() -> StreamName.find(shop, "till#2"))
                    .hasMessage("There is no stream 'till#2' in shop.");
            assertThatThrownBy(() -> StreamName.find(shop, "kitchen/till#1"))
                    .hasMessage("The local cloud has no context 'kitchen'. There are: shop.");
            assertThatThrownBy(() -> StreamName.find(shop, "till"))
                    .hasMessageStartingWith("The stream 'till' must be a category and an id");
            assertThat(StreamName.within("shop/stock", "shop/till#1")).isEqualTo("till#1");
            assertThatThrownBy(() -> StreamName.within("shop/stock", "kitchen/till#1"))
                    .hasMessage("The stream 'kitchen/till#1' is not of the context 'shop'.");
        }
    }

    @Test
    void where_nobody_answers_the_sentence_says_so() {
        Installation shop = installation();
        aws.close();
        assertThatThrownBy(() -> shop.ask("shop/stock", Json.mapper().createObjectNode()))
                .hasMessage("The local cloud ended before it answered: run the command again.");
        shop.close();
    }
}
