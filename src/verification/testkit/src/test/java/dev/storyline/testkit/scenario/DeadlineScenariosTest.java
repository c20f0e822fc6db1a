package dev.storyline.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Policy;
import dev.storyline.model.Landscape;
import dev.storyline.model.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time passes in the specifications of a slice with a deadline. */
class DeadlineScenariosTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/";
    private static final String ROLE = "arn:aws:iam::000000000000:role/deadlines";
    private static final String MODEL = """
            context: orders
            streams:
              order: {by: orderId}
            types:
              OrderId: {is: text, example: o1}
            events:
              OrderPlaced:
                stream: order
                fields: {orderId: {type: OrderId, identity: true}, payBy: {type: instant, example: now + 30 min}}
              OrderPaid:
                stream: order
                fields: {orderId: {type: OrderId, identity: true}}
            commands:
              CancelOrder:
                stream: order
                fields: {orderId: {type: OrderId, identity: true}, payBy: instant}
            story:
              - chapter: Paying
                slices:
                  - slice: expire-orders
                    pattern: automation
                    on: [OrderPlaced, OrderPaid]
                    deadlines: {CancelOrder: OrderPlaced.payBy}
                    specifications:
                      a placed order has time:
                        when: OrderPlaced
                        then: nothing
                      an order that nobody pays is cancelled:
                        given: OrderPlaced
                        when: {time: +30 minutes}
                        then: CancelOrder
                      a paid order is not cancelled:
                        given: [OrderPlaced, OrderPaid]
                        when: {time: +3 days}
                        then: nothing
                      an order may be paid later on:
                        given: OrderPlaced
                        when: [{time: +29 min}, OrderPaid, {time: +1 h}]
                        then: nothing
                      an order that should have been paid long ago is cancelled at once:
                        when: {OrderPlaced: {payBy: yesterday}}
                        then: {CancelOrder: {payBy: yesterday}}
                      WRONG it is not due before:
                        given: OrderPlaced
                        when: {time: +29 min}
                        then: CancelOrder
                      WRONG it comes once:
                        given: OrderPlaced
                        when: [{time: +1 h}, {time: +1 h}]
                        then: 2 x CancelOrder
                  - slice: cancel-order
                    pattern: state change
                    command: CancelOrder
            """;

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void theFunctionIsFoundByItsName() throws IOException {
        folder = root.resolve("functions/orders/expire-orders");
        String name = ExpireOrdersFunction.class.getName().replace('.', '/') + ".class";
        Path classes = Objects.requireNonNull(
                folder.resolve("target/classes").resolve(name).getParent());
        Files.createDirectories(classes);
        Files.createFile(classes.resolve("ExpireOrdersFunction.class"));
    }

    private Deployment.FunctionSpec function(String slice, String export, Policy policy) {
        return new Deployment.FunctionSpec(
                ARN + export,
                "orders/" + slice,
                folder,
                export,
                Map.of(
                        "SLICE",
                        "orders/" + slice,
                        "EVENT_TABLE",
                        "events",
                        slice.equals("expire-orders") ? "VIEW_TABLE" : "NO_TABLE",
                        "expire-orders",
                        "DISPATCH_CANCEL_ORDER",
                        ARN + "cancel-order-inner",
                        "DEADLINES",
                        "expire-orders",
                        "DEADLINE_ROLE",
                        ROLE,
                        "MISSED_CANCEL_ORDER",
                        "arn:missed"),
                "java25",
                Duration.ofSeconds(60),
                512,
                "",
                0,
                policy);
    }

    private static Map<String, String> keys(String partition, String sort) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(partition, "HASH");
        keys.put(sort, "RANGE");
        return keys;
    }

    private Specifications specifications(String model) throws IOException {
        Path context = Files.createDirectories(root.resolve("src/contexts/orders"));
        Files.writeString(context.resolve("model.yaml"), model);
        Policy policy = new Policy(List.of(
                Policy.Statement.allow(TABLE + "events", "dynamodb:Query"),
                Policy.Statement.allow(
                        TABLE + "expire-orders",
                        "dynamodb:BatchGetItem",
                        "dynamodb:ConditionCheckItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:Query",
                        "dynamodb:UpdateItem"),
                Policy.Statement.allow(ARN + "cancel-order-inner", "lambda:InvokeFunction"),
                Policy.Statement.allow(
                        "arn:aws:scheduler:us-east-1:000000000000:schedule/expire-orders/*",
                        "scheduler:CreateSchedule",
                        "scheduler:DeleteSchedule"),
                Policy.Statement.allow(ROLE, "iam:PassRole")));
        Deployment deployment = new Deployment(
                List.of(
                        function("expire-orders", "expire-orders-feed", policy),
                        function("expire-orders", "expire-orders-upkeep", policy),
                        function("cancel-order", "cancel-order-inner", Policy.NONE)),
                List.of(
                        new Deployment.Table(
                                "events",
                                Map.of("stream", "S", "version", "N"),
                                keys("stream", "version"),
                                List.of(),
                                "NEW_IMAGE",
                                "arn:stream"),
                        new Deployment.Table(
                                "expire-orders", Map.of("pk", "S", "sk", "S"), keys("pk", "sk"), List.of(), "", "")),
                List.of(),
                List.of(new Deployment.Feed(
                        "orders/expire-orders", ARN + "expire-orders-feed", "arn:stream", 10, true, true, 3, -1, "")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(ARN + "expire-orders-upkeep"),
                List.of());
        return Specifications.of(
                root,
                Landscape.read(root),
                deployment,
                "orders/expire-orders",
                Objects.requireNonNull(DeadlineScenariosTest.class.getClassLoader()));
    }

    @Test
    void a_deadline_is_kept_taken_back_and_met_as_the_scenarios_say() throws IOException {
        Specifications specifications = specifications(MODEL);
        for (Specification specification : specifications.all()) {
            if (!specification.name().startsWith("WRONG")) {
                assertThat(specifications.differences(specification)).isEmpty();
            }
        }
        assertThat(difference(specifications, "WRONG it is not due")).contains("1 should be sent, 0 were");
        assertThat(difference(specifications, "WRONG it comes once")).contains("2 should be sent, 1 were");
    }

    private static String difference(Specifications specifications, String name) {
        return specifications.all().stream()
                .filter(specification -> specification.name().startsWith(name))
                .map(specification -> String.join("\n", specifications.differences(specification)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_event_that_takes_a_deadline_back_counts_as_consumed() throws IOException {
        assertThat(specifications(MODEL).edgesThatDiffer()).isEmpty();
        assertThat(specifications(MODEL.replace("on: [OrderPlaced, OrderPaid]", "on: OrderPlaced"))
                        .edgesThatDiffer())
                .singleElement()
                .asString()
                .contains("consumes OrderPaid");
    }

    @Test
    void a_deadline_of_an_event_before_the_activation_is_an_effect_that_must_not_be() throws IOException {
        assertThat(specifications(MODEL).historyThatFires()).isEmpty();
    }
}
