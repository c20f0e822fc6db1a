package dev.storyline.local.feeds;

import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.BusFunction;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.Shop;
import dev.storyline.local.TimerFunction;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One-time schedules of the local cloud, and its clock. */
@Tag("slow")
class DeadlinesTest {
    private static final String MISSED = "arn:aws:sqs:us-east-1:000000000000:shop-missed";
    private static final String PASS =
            "            - {Effect: Allow, Action: iam:PassRole, Resource: !GetAtt Role.Arn}\n";
    private static final String CREATE = "scheduler:CreateSchedule, ";
    private static final String RESOURCES = """
              Group:
                Type: AWS::Scheduler::ScheduleGroup
              Role:
                Type: AWS::IAM::Role
                Properties:
                  Policies:
                    - PolicyName: deadlines
                      PolicyDocument:
                        Statement:
                          - {Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Ring.Arn}
                          - {Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Missed.Arn}
              Missed:
                Type: AWS::SQS::Queue
                Properties: {QueueName: shop-missed}
              Ring:
                Type: AWS::Serverless::Function
                Properties: {Environment: {Variables: {QUARKUS_FUNQY_EXPORT: ring}}}
              Ask:
                Type: AWS::Serverless::Function
                Properties:
                  Environment:
                    Variables:
                      QUARKUS_FUNQY_EXPORT: ask
                      DEADLINES: !Ref Group
                      DEADLINE_ROLE: !GetAtt Role.Arn
                      RING: !GetAtt Ring.Arn
                      MISSED: !GetAtt Missed.Arn
                  Policies:
                    - Statement:
                        - Effect: Allow
                          Action: [scheduler:CreateSchedule, scheduler:DeleteSchedule]
                          Resource: !Sub "arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule/${Group}/*"
                        - {Effect: Allow, Action: iam:PassRole, Resource: !GetAtt Role.Arn}
            """;

    @TempDir
    Path root;

    @BeforeEach
    void forget() {
        TimerFunction.RUNG.clear();
        TimerFunction.FAILING.set(0);
        BusFunction.TOLD.clear();
    }

    private Shop shop(String resources) throws IOException {
        return Shop.in(root).slice("timer", TimerFunction.class, resources);
    }

    private static Instant ask(LocalCloud cloud, String name, Instant at) {
        return Instant.parse(
                cloud.invoke("ask", request(name).put("at", at.toString())).asText());
    }

    private static ObjectNode request(String name) {
        return Json.mapper().createObjectNode().put("name", name);
    }

    private static Instant later(LocalCloud cloud, Duration time) {
        return cloud.clock().instant().plus(time);
    }

    @Test
    void a_deadline_fires_once_when_its_time_has_come_and_one_that_was_taken_back_never() throws Throwable {
        try (LocalCloud cloud = LocalCloud.start(shop(RESOURCES).inMemory())) {
            Instant due = later(cloud, Duration.ofHours(1));
            ask(cloud, "paid", due);
            ask(cloud, "unpaid", due);
            ask(cloud, "unpaid", due);
            ask(cloud, "far", due.plus(Duration.ofDays(2)));
            cloud.invoke("ask", request("paid"));
            assertThat(TimerFunction.RUNG).isEmpty();
            cloud.clock().moveTo(due);
            soon(() -> assertThat(TimerFunction.RUNG).contains("unpaid"));
            cloud.clock().moveTo(due.plus(Duration.ofDays(3)));
            soon(() -> assertThat(TimerFunction.RUNG).containsExactly("unpaid", "far"));
        }
    }

    @Test
    void a_deadline_that_is_due_in_a_moment_fires_by_itself() throws Throwable {
        try (LocalCloud cloud = LocalCloud.start(shop(RESOURCES).inMemory())) {
            ask(cloud, "far", later(cloud, Duration.ofDays(1)));
            ask(cloud, "near", later(cloud, Duration.ofMillis(300)));
            soon(() -> assertThat(TimerFunction.RUNG).containsExactly("near"));
        }
    }

    @Test
    void a_function_that_fails_is_tried_three_times_and_then_the_queue_has_its_event() throws Throwable {
        try (LocalCloud cloud = LocalCloud.start(shop(RESOURCES).inMemory())) {
            TimerFunction.FAILING.set(3);
            Instant due = later(cloud, Duration.ofHours(1));
            ask(cloud, "stubborn", due);
            cloud.clock().moveTo(due);
            soon(() -> assertThat(TimerFunction.FAILING).hasValue(2));
            cloud.clock().moveTo(due.plus(Duration.ofMinutes(5)));
            soon(() -> assertThat(TimerFunction.FAILING).hasValue(1));
            cloud.clock().moveTo(due.plus(Duration.ofMinutes(10)));
            soon(() -> assertThat(cloud.deliveries().bodies(MISSED))
                    .singleElement()
                    .asString()
                    .contains("stubborn"));
            assertThat(TimerFunction.RUNG).isEmpty();
        }
    }

    @Test
    void a_function_needs_the_right_to_create_a_schedule_and_the_right_to_lend_its_role() throws Throwable {
        for (String grant : new String[] {PASS.strip(), CREATE}) {
            try (LocalCloud cloud =
                    LocalCloud.start(shop(RESOURCES.replace(grant, "")).inMemory())) {
                Instant due = later(cloud, Duration.ofHours(1));
                assertThatThrownBy(() -> ask(cloud, "denied", due))
                        .as(grant)
                        .hasMessageContaining("AccessDeniedException");
            }
        }
    }

    @Test
    void a_role_that_may_not_invoke_the_function_sends_nothing() throws Throwable {
        String other = RESOURCES.replace(
                "{Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Ring.Arn}",
                "{Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Ask.Arn}");
        try (LocalCloud cloud = LocalCloud.start(shop(other).inMemory())) {
            Instant due = later(cloud, Duration.ofHours(1));
            ask(cloud, "unsent", due);
            cloud.clock().moveTo(due);
            soon(() -> assertThat(cloud.deliveries().bodies(MISSED)).hasSize(1));
            assertThat(TimerFunction.RUNG).isEmpty();
        }
    }

    /** The process: a local cloud on the repository that its argument names, which creates one schedule. */
    static final class Cloud {
        private Cloud() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path root = Path.of(arguments[0]);
            LocalCloud cloud = LocalCloud.start(new LocalCloud.Options(root, 0, root.resolve(".data")));
            ask(cloud, "survivor", later(cloud, Duration.ofHours(1)));
            System.out.println("asked");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void a_deadline_that_was_accepted_survives_the_kill_of_the_process() throws Throwable {
        Shop shop = shop(RESOURCES);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Cloud.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.lines().anyMatch("asked"::equals)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            cloud.clock().moveTo(later(cloud, Duration.ofHours(2)));
            soon(() -> assertThat(TimerFunction.RUNG).containsExactly("survivor"));
        }
    }

    @Test
    void the_clock_moves_forward_only_for_functions_too_and_stays_where_it_is_after_a_restart() throws IOException {
        Shop shop = shop(RESOURCES);
        Instant later;
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            later = later(cloud, Duration.ofDays(2));
            cloud.clock().moveTo(later);
            assertThat(ask(cloud, "far", later.plus(Duration.ofDays(1)))).isAfterOrEqualTo(later);
            assertThatThrownBy(() -> cloud.clock().moveTo(later.minusSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("never goes back");
        }
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            assertThat(cloud.clock().instant()).isAfterOrEqualTo(later);
        }
    }

    @Test
    void schedules_catch_up_when_the_clock_is_moved() throws Throwable {
        Shop shop = Shop.in(root).slice("bus", BusFunction.class, """
                  Tell:
                    Type: AWS::Serverless::Function
                    Properties: {Environment: {Variables: {QUARKUS_FUNQY_EXPORT: tell}}}
                  Daily:
                    Type: AWS::Events::Rule
                    Properties:
                      ScheduleExpression: rate(1 day)
                      Targets: [{Id: tell, Arn: !GetAtt Tell.Arn, Input: '{"do": "daily"}'}]
                """);
        try (LocalCloud cloud = LocalCloud.start(shop.inMemory())) {
            cloud.clock().moveTo(later(cloud, Duration.ofHours(1)));
            assertThat(BusFunction.TOLD).isEmpty();
            cloud.clock().moveTo(later(cloud, Duration.ofDays(2)));
            soon(() -> assertThat(BusFunction.TOLD).hasSize(1));
        }
    }
}
