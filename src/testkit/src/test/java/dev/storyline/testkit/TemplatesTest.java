package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.deployment.Deployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the templates grant and how they feed: read off the very files that are deployed. */
class TemplatesTest {
    private static final Pattern STATEMENT =
            Pattern.compile("Action:\\n((?:\\s+- \\S+\\n)+)\\s+Resource: ([^\\n]*\\n[^\\n]*)");

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
    void nobody_may_change_or_delete_what_is_recorded_and_no_grant_has_a_wildcard() throws IOException {
        int statements = 0;
        for (Path template : templates()) {
            Matcher statement = STATEMENT.matcher(Files.readString(template));
            while (statement.find()) {
                statements++;
                String actions = statement.group(1);
                assertThat(actions + statement.group(2)).as("%s", template).doesNotContain("*");
                if (statement.group(2).contains("event-table-arn")) {
                    assertThat(actions.lines().map(line -> line.strip().replace("- dynamodb:", "")))
                            .as("%s", template)
                            .isSubsetOf("Query", "PutItem", "ConditionCheckItem", "Scan", "DescribeTable");
                }
            }
        }
        assertThat(statements).as("statements read").isGreaterThan(20);
    }

    @Test
    void every_feed_is_bounded_reports_partial_failures_and_loses_nothing() throws IOException {
        Deployment deployment = Deployment.read(Repository.root());
        assertThat(deployment.feeds()).isNotEmpty().allSatisfy(feed -> {
            assertThat(feed.partial()).isTrue();
            assertThat(feed.bisect()).isTrue();
            assertThat(feed.retries()).isBetween(1, 100);
            assertThat(feed.oldestSeconds()).isBetween(60, 86_399);
            assertThat(deployment.queueFeeds())
                    .as("what %s gives up is heard of", feed.name())
                    .anyMatch(queue -> queue.queue().equals(feed.onFailure()));
            String slice = deployment.function(feed.function()).slice();
            assertThat(deployment.schedules())
                    .filteredOn(schedule -> schedule.name().startsWith(slice + "/"))
                    .extracting(schedule -> schedule.input().path("do").asText())
                    .containsExactlyInAnyOrder("redrive-due", "reconcile");
        });
        for (Path template : templates()) {
            String text = Files.readString(template);
            int feeds = text.split("EventSourceArn: !If", -1).length - 1;
            assertThat(text.split("Type: AWS::Lambda::EventSourceMapping", -1).length)
                    .isGreaterThanOrEqualTo(feeds);
            assertThat(text.split("StartingPosition: TRIM_HORIZON", -1))
                    .as("%s", template)
                    .hasSize(feeds + 1);
            assertThat(text).as("no filter: it would look like gaps").doesNotContain("FilterCriteria");
        }
    }

    @Test
    void a_rebuild_waits_as_long_as_the_feed_may_run() throws IOException {
        for (Path template : templates()) {
            Matcher told = Pattern.compile("FEED_TIMEOUT_SECONDS: (\\d+)").matcher(Files.readString(template));
            if (told.find()) {
                assertThat(Files.readString(template))
                        .as("%s", template)
                        .containsPattern("feed to view\"\\n +Timeout: " + told.group(1) + "\\n");
            }
        }
    }

    @Test
    void no_event_handler_is_fed_before_its_birth_is_stored() throws IOException {
        for (Path template : templates()) {
            String text = Files.readString(template);
            boolean handles = text.contains("The event handler: feed to effects");
            assertThat(text.contains("Type: Custom::Birth")).as("%s", template).isEqualTo(handles);
            if (handles) {
                assertThat(text).as("%s", template).containsPattern("DependsOn: \\w+Birth");
            }
        }
    }

    @Test
    void event_tables_stream_new_images_and_are_protected() {
        assertThat(Deployment.read(Repository.root()).tables())
                .filteredOn(Deployment.Table::streamed)
                .isNotEmpty()
                .allSatisfy(table -> {
                    assertThat(table.stream()).isEqualTo("NEW_IMAGE");
                    assertThat(table.keys()).containsOnlyKeys("stream", "version");
                });
        assertThat(Repository.root().resolve("infra/wishes.yaml"))
                .content()
                .contains(
                        "DeletionProtectionEnabled: true",
                        "PointInTimeRecoveryEnabled: true",
                        "DeletionPolicy: Retain");
    }

    @Test
    void feeds_and_upkeep_of_all_contexts_together_leave_the_doors_half_of_an_account() throws IOException {
        int reserved = 0;
        for (Path template : templates()) {
            Matcher numbers =
                    Pattern.compile("ReservedConcurrentExecutions: (\\d+)").matcher(Files.readString(template));
            while (numbers.find()) {
                reserved += Integer.parseInt(numbers.group(1));
            }
        }
        assertThat(reserved).isBetween(1, 500);
    }

    @Test
    void every_folder_knows_the_stack_as_which_it_is_deployed() throws IOException {
        for (Path template : templates()) {
            Path folder = template.resolveSibling("");
            String context = folder.endsWith("infra")
                    ? String.valueOf(template.getFileName()).replace(".yaml", "")
                    : folder.resolveSibling("").getFileName() + "-" + folder.getFileName();
            assertThat(folder.resolve("samconfig.toml"))
                    .content()
                    .contains("stack_name = \"storyline-dev-" + context + "\"\n");
        }
    }

    @Test
    void cfn_lint_finds_nothing_where_it_is_installed() throws Exception {
        List<String> command = new ArrayList<>(List.of("cfn-lint"));
        templates().forEach(template -> command.add(template.toString()));
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
