package dev.storyline.local.feeds;

import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Json;
import dev.storyline.deployment.TemplateException;
import dev.storyline.local.BusFunction;
import dev.storyline.local.ContextSelection;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buses, rules, queues, schedules and activation of the local cloud. */
@Tag("slow")
class QueueMappingTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:shop-paid";
    private static final String DEAD = "arn:aws:sqs:us-east-1:000000000000:shop-dead";
    private static final String RESOURCES = """
              Bus:
                Type: AWS::Events::EventBus
                Properties: {Name: shop-bus}
              Publish:
                Type: AWS::Serverless::Function
                Properties:
                  Environment: {Variables: {QUARKUS_FUNQY_EXPORT: publish, BUS: !Ref Bus}}
                  Policies:
                    - Statement: [{Effect: Allow, Action: events:PutEvents, Resource: !GetAtt Bus.Arn}]
              Listen:
                Type: AWS::Serverless::Function
                Properties:
                  Environment: {Variables: {QUARKUS_FUNQY_EXPORT: listen}}
                  Policies:
                    - Statement:
                        - Effect: Allow
                          Action: [sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage]
                          Resource: !GetAtt Queue.Arn
              Tell:
                Type: AWS::Serverless::Function
                Properties: {Environment: {Variables: {QUARKUS_FUNQY_EXPORT: tell}}}
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: shop-paid
                  RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
              Dead:
                Type: AWS::SQS::Queue
                Properties: {QueueName: shop-dead}
              Rule:
                Type: AWS::Events::Rule
                Properties:
                  EventBusName: !Ref Bus
                  EventPattern: {source: ["urn:storyline:shop"], detail-type: [shop.Paid.v1]}
                  Targets: [{Id: queue, Arn: !GetAtt Queue.Arn}]
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties: {FunctionName: !Ref Listen, EventSourceArn: !GetAtt Queue.Arn, BatchSize: 10}
              Birth:
                Type: Custom::Birth
                Properties: {ServiceToken: !GetAtt Tell.Arn}
              Daily:
                Type: AWS::Events::Rule
                Properties:
                  ScheduleExpression: rate(1 day)
                  Targets: [{Id: tell, Arn: !GetAtt Tell.Arn, Input: '{"do": "something"}'}]
            """;

    @TempDir
    Path root;

    private Shop shop = new Shop(Path.of(""));

    @BeforeEach
    void openShop() throws IOException {
        shop = Shop.in(root).slice("bus", BusFunction.class, RESOURCES);
        BusFunction.HEARD.clear();
        BusFunction.TOLD.clear();
        BusFunction.FAILING.set(0);
    }

    private static void publish(LocalCloud cloud, String id, String type) {
        cloud.invoke("publish", Json.mapper().createObjectNode().put("id", id).put("type", type));
    }

    private static List<String> waiting(LocalCloud cloud, String queue) {
        return cloud.deliveries().bodies(queue);
    }

    @Test
    void a_rule_passes_on_what_it_matches_and_nothing_else() throws Throwable {
        try (LocalCloud cloud = LocalCloud.start(shop.inMemory())) {
            publish(cloud, "other", "shop.Sent.v1");
            publish(cloud, "one", "shop.Paid.v1");
            publish(cloud, "two", "shop.Paid.v1");

            soon(() -> assertThat(BusFunction.HEARD).containsExactlyInAnyOrder("one", "two"));
            soon(() -> assertThat(waiting(cloud, QUEUE)).isEmpty());
        }
    }

    @Test
    void a_failing_message_is_delivered_again_and_finally_becomes_a_dead_letter() throws Throwable {
        BusFunction.FAILING.set(4);
        try (LocalCloud cloud = LocalCloud.start(shop.inMemory())) {
            publish(cloud, "one", "shop.Paid.v1");

            soon(() -> assertThat(waiting(cloud, DEAD)).hasSize(1));
            assertThat(BusFunction.HEARD).containsExactly("one", "one", "one");
            publish(cloud, "two", "shop.Paid.v1");

            soon(() -> assertThat(BusFunction.HEARD).containsExactly("one", "one", "one", "two", "two"));
            soon(() -> assertThat(waiting(cloud, QUEUE)).isEmpty());
        }
    }

    @Test
    void an_undelivered_message_survives_a_restart() throws Throwable {
        Files.createDirectories(root.resolve(".data"));
        try (DeliveryStore deliveries = DeliveryStore.open(shop.keeping().data())) {
            deliveries.add(QUEUE, "{\"detail\": {\"id\": \"kept\"}}");
        }
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            soon(() -> assertThat(BusFunction.HEARD).containsExactly("kept"));
            assertThat(cloud.deployment().queues()).hasSize(2);
        }
    }

    @Test
    void a_message_of_another_process_is_delivered_too() throws Throwable {
        try (LocalCloud cloud = LocalCloud.start(shop.keeping());
                DeliveryStore operator = DeliveryStore.open(shop.keeping().data())) {
            operator.add(QUEUE, "{\"detail\": {\"id\": \"from elsewhere\"}}");

            soon(() -> assertThat(BusFunction.HEARD).containsExactly("from elsewhere"));
            soon(() -> assertThat(waiting(cloud, QUEUE)).isEmpty());
        }
    }

    @Test
    void the_activation_comes_first_and_schedules_run_often_where_deliveries_are_bad() throws Throwable {
        LocalCloud.Options chaos = new LocalCloud.Options(
                root, 0, null, 7L, Map.of(), ContextSelection.ALL, null, LocalCloud.Run.IN_PROCESS);
        try (LocalCloud cloud = LocalCloud.start(chaos)) {
            assertThat(BusFunction.TOLD).containsExactly("{\"RequestType\":\"Create\"}");
            for (int i = 0; i < 40; i++) {
                publish(cloud, "e" + i, "shop.Paid.v1");
            }
            soon(() -> assertThat(BusFunction.HEARD).hasSizeGreaterThan(40).containsAll(List.of("e0", "e39")));
            soon(() -> assertThat(waiting(cloud, QUEUE)).isEmpty());
            soon(() -> assertThat(BusFunction.TOLD).contains("{\"do\":\"something\"}"));
        }
    }

    @Test
    void a_schedule_that_is_not_a_rate_is_reported() throws IOException {
        shop.slice("bus", BusFunction.class, RESOURCES.replace("rate(1 day)", "cron(0 12 * * ? *)"));

        assertThatThrownBy(() -> LocalCloud.start(shop.inMemory()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("needs a ScheduleExpression like rate(1 minute)");
    }
}
