package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.InfraSettings;
import dev.storyline.deployment.Lint;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.RunLength;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the permissions and feeds of the templates. It reads the deployed files. */
class TemplatesTest {
    /** One template of each kind: a command, a view, an event handler. A long run checks all of them with cfn-lint. */
    private static final List<String> IN_EVERY_RUN = List.of(
            "wishes/make-wish/template.yaml",
            "wishes/child-wishes/template.yaml",
            "wishes/publish-wish-updates/template.yaml");

    private static List<Path> templates() throws IOException {
        Path root = Repository.root();
        try (Stream<Path> functions = Files.walk(root.resolve("functions"), 3);
                Stream<Path> infra = Files.list(root.resolve("infra"))) {
            return Stream.concat(
                            functions.filter(file -> file.endsWith("template.yaml")),
                            infra.filter(file -> file.toString().endsWith(".yaml")))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void the_lint_finds_nothing() {
        assertThat(Lint.of(Repository.root())).isEmpty();
    }

    @Test
    void what_every_feed_gives_up_is_heard_of_and_it_is_kept_up() {
        Deployment deployment = Deployment.read(Repository.root());
        assertThat(deployment.feeds())
                .filteredOn(feed -> deployment.function(feed.function()).isOfSlice())
                .isNotEmpty()
                .allSatisfy(feed -> assertThat(deployment.queueFeeds())
                        .as("what %s gives up is heard of", feed.name())
                        .anyMatch(queue -> queue.queue().equals(feed.onFailure())));
        assertThat(deployment.subscriptions())
                .isNotEmpty()
                .allSatisfy(subscription -> assertThat(deployment.queueFeeds())
                        .as("the dead letters of %s are heard of", subscription.queue())
                        .anyMatch(queue -> queue.queue()
                                .equals(deployment.queue(subscription.queue()).deadLetters())));
        assertThat(deployment.readers()).hasSizeGreaterThan(15).allSatisfy(reader -> {
            String slice = deployment.function(reader.function()).slice();
            assertThat(deployment.schedules())
                    .filteredOn(schedule -> schedule.name().startsWith(slice + "/"))
                    .extracting(schedule -> schedule.input().path("do").asText())
                    .containsExactlyInAnyOrder("redrive-due", "reconcile");
        });
    }

    @Test
    void the_documents_state_what_alarms_cost_and_what_is_reserved() throws IOException {
        int watched = Lint.watchedMetrics(Repository.root());
        assertThat(Repository.root().resolve("docs/explanation/cost.md"))
                .content()
                .as("%s metrics are watched by alarms", watched)
                .contains("watch " + watched + " metrics");
        int reserved = Lint.reservedConcurrency(Repository.root());
        assertThat(Repository.root().resolve("docs/how-to/deploy.md"))
                .content()
                .as("%s concurrent executions are reserved", reserved)
                .contains("together " + reserved + ".");
    }

    @Test
    void spans_are_exported_where_a_parameter_attaches_a_layer_and_without_it_no_function_knows_of_it() {
        String wrapper = "AWS_LAMBDA_EXEC_WRAPPER";
        String layer = "arn:aws:lambda:eu-north-1:123456789012:layer:spans:7";
        Deployment traced = Deployment.read(Repository.root(), Map.of("TraceLayerArn", layer));
        Deployment untraced = Deployment.read(Repository.root());
        assertThat(traced.functions()).hasSameSizeAs(untraced.functions());
        int functions = 0;
        for (Deployment.FunctionSpec function : traced.functions()) {
            if (!function.folder().endsWith("infra")) {
                functions++;
                assertThat(function.environment()).as(function.name()).containsEntry(wrapper, "/opt/otel-handler");
                assertThat(function.policy().allows("xray:PutTraceSegments", "*", Map.of()))
                        .as(function.name())
                        .isTrue();
            }
        }
        assertThat(functions).isGreaterThan(100);
        for (Deployment.FunctionSpec function : untraced.functions()) {
            assertThat(function.environment()).as(function.name()).doesNotContainKey(wrapper);
            assertThat(function.policy().allows("xray:PutTraceSegments", "*", Map.of()))
                    .as(function.name())
                    .isFalse();
        }
    }

    @Test
    void every_alarm_names_the_section_of_the_runbook_that_says_what_to_do() throws IOException {
        Path root = Repository.root();
        Set<String> anchors =
                MarkdownDocument.read(root.resolve("docs/runbook.md")).anchors();
        Pattern description = Pattern.compile("(?s)Type: AWS::CloudWatch::Alarm\n.*?AlarmDescription: ([^\n]*)");
        Pattern section = Pattern.compile("docs/runbook\\.md#([a-z-]+)\"$");
        int alarms = 0;
        for (Path template : templates()) {
            Matcher alarm = description.matcher(Files.readString(template));
            while (alarm.find()) {
                alarms++;
                Matcher named = section.matcher(alarm.group(1));
                assertThat(named.find()).as("%s: %s", template, alarm.group(1)).isTrue();
                assertThat(anchors).as("%s: %s", template, alarm.group(1)).contains(named.group(1));
            }
        }
        assertThat(alarms).isGreaterThan(200);
    }

    @Test
    void whoever_must_explain_something_can_read_the_story_of_every_stream_in_every_context() {
        Deployment deployment = Deployment.read(Repository.root());
        assertThat(InfraSettings.read(Repository.root()).contexts().keySet())
                .isNotEmpty()
                .allSatisfy(context -> assertThat(deployment.routes())
                        .as("the context %s: see docs/how-to/add-a-context.md", context)
                        .anyMatch(route -> route.path().equals("/" + context + "/streams/{streamId}")
                                && route.scopes().contains(context + "/auditor")));
    }

    @Test
    void a_rebuild_waits_as_long_as_the_feed_may_run() throws IOException {
        for (Path template : templates()) {
            Matcher told = Pattern.compile("FEED_TIMEOUT_SECONDS: (\\d+)").matcher(Files.readString(template));
            if (told.find()) {
                assertThat(Files.readString(template))
                        .as("%s", template)
                        .containsPattern(
                                "Projection: writes the view from the feed\"\\n +Timeout: " + told.group(1) + "\\n");
            }
        }
    }

    @Test
    void no_event_handler_is_fed_before_its_birth_is_stored() throws IOException {
        for (Path template : templates()) {
            String text = Files.readString(template);
            boolean handles = text.contains("Event handler: runs effects from the feed");
            assertThat(text.contains("Type: Custom::Birth")).as("%s", template).isEqualTo(handles);
            if (handles) {
                assertThat(text).as("%s", template).containsPattern("DependsOn: \\w+Birth");
            }
        }
    }

    @Test
    void feeds_and_upkeep_of_a_context_leave_the_endpoints_half_of_an_account_and_those_of_all_fit_into_one()
            throws IOException {
        Map<Path, Integer> reserved = new TreeMap<>();
        for (Path template : templates()) {
            Matcher numbers =
                    Pattern.compile("ReservedConcurrentExecutions: (\\d+)").matcher(Files.readString(template));
            while (numbers.find()) {
                reserved.merge(
                        template.resolveSibling("").getParent(), Integer.parseInt(numbers.group(1)), Integer::sum);
            }
        }
        assertThat(reserved.values())
                .isNotEmpty()
                .allSatisfy(sum -> assertThat(sum).isBetween(1, 500));
        // AWS keeps 100 of the usual 1,000 for functions that reserve nothing.
        assertThat(Lint.reservedConcurrency(Repository.root())).isLessThanOrEqualTo(900);
    }

    @Test
    void every_folder_knows_the_stack_as_which_it_is_deployed() throws IOException {
        for (Path template : templates()) {
            Path folder = template.resolveSibling("");
            List<String> stacks = folder.endsWith("infra")
                    ? List.copyOf(
                            InfraSettings.read(Repository.root()).contexts().keySet())
                    : List.of(folder.resolveSibling("").getFileName() + "-" + folder.getFileName());
            assertThat(stacks)
                    .isNotEmpty()
                    .allSatisfy(stack -> assertThat(folder.resolve("samconfig.toml"))
                            .content()
                            .contains("stack_name = \"storyline-dev-" + stack + "\"\n"));
        }
    }

    @Test
    void cfn_lint_finds_nothing_where_it_is_installed() throws Exception {
        List<String> command = new ArrayList<>(List.of("cfn-lint"));
        templates().stream()
                .filter(template -> RunLength.isLong() || IN_EVERY_RUN.stream().anyMatch(template::endsWith))
                .forEach(template -> command.add(template.toString()));
        assertThat(command).as("templates to check").hasSizeGreaterThan(IN_EVERY_RUN.size());
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            System.out.println("cfn-lint: skipped, it is not installed");
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isBlank();
        assertThat(process.exitValue()).isZero();
    }
}
