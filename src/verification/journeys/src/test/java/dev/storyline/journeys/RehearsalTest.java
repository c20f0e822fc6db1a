package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Transforms every template and deploys it to an emulator of CloudFormation, if one is installed. The deployed
 * resources must equal those that the local cloud derives from the same files.
 */
class RehearsalTest {
    private static final int LONGEST_SECONDS = 300;

    /** Resource types that moto does not support. cfn-lint and the lint of this repository still check them. */
    private static final Set<String> LEFT_OUT = Set.of(
            "AWS::ApiGatewayV2::Api",
            "AWS::ApiGatewayV2::Authorizer",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::Route",
            "AWS::ApiGatewayV2::Stage",
            "AWS::ApplicationAutoScaling::ScalableTarget",
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            "AWS::CloudWatch::Alarm",
            "AWS::Kinesis::StreamConsumer",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Scheduler::ScheduleGroup",
            "AWS::SNS::Subscription",
            "AWS::SQS::QueuePolicy");

    /** The bucket of a context: CloudFormation makes up the end of its name. */
    private static final Pattern ARCHIVE = Pattern.compile("storyline-(?:dev-)?([a-z]+)-(?:Archive|archive-[a-z0-9]+)");

    private static final Pattern STREAM = Pattern.compile("(:table/[^/]+)/stream/.+");

    /** The name of a group of schedules, and that of the role of deadlines. CloudFormation makes up a part of both. */
    private static final Pattern GENERATED =
            Pattern.compile("storyline-(?:dev-)?([\\w-]+?)-(DeadlineRole)(?:-\\w+)?$|storyline-[\\w-]+-(Deadlines)");

    @TempDir
    private static Path outputs;

    private static Deployment deployment;
    private static JsonNode told;

    /** The slice and export of each function, by the ARN that CloudFormation generates. */
    private static Map<String, String> names;

    @BeforeAll
    static void rehearsed() throws IOException, InterruptedException {
        deployment = Deployment.read(Repository.root());
        names = new HashMap<>();
        told = Json.mapper().readTree(rehearse());
        // The function that serves a context's OpenAPI document belongs to no slice; the local gateway serves it
        // itself.
        ((ObjectNode) told.path("functions"))
                .properties()
                .removeIf(one -> !one.getValue().path("environment").has("SLICE"));
        told.path("functions")
                .properties()
                .forEach(one ->
                        names.put(one.getKey(), name(fields(one.getValue().path("environment")))));
        deployment.functions().forEach(one -> names.put(one.arn(), name(one.environment())));
    }

    private static String rehearse() throws IOException, InterruptedException {
        Path script = Repository.root().resolve("src/tools/deployment/rehearsal/rehearse.py");
        Path output = outputs.resolve("told.json");
        Path complaints = outputs.resolve("complaints.txt");
        Process process;
        try {
            process = new ProcessBuilder(
                            "python3", script.toString(), Repository.root().toString())
                    .redirectOutput(output.toFile())
                    .redirectError(complaints.toFile())
                    .start();
        } catch (IOException e) {
            throw skipped("rehearsal: skipped, python3 is not installed");
        }
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended)
                .as("a rehearsal takes less than %s seconds", LONGEST_SECONDS)
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(complaints)).isZero();
        String text = Files.readString(output);
        if (text.startsWith("rehearsal: skipped")) {
            throw skipped(text.strip());
        }
        return text;
    }

    private static TestAbortedException skipped(String why) {
        System.out.println(why);
        return new TestAbortedException(why);
    }

    private static Map<String, String> fields(JsonNode variables) {
        Map<String, String> texts = new TreeMap<>();
        variables
                .properties()
                .forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
        return texts;
    }

    private static String name(Map<String, String> environment) {
        return environment.get("SLICE") + " " + environment.get("QUARKUS_FUNQY_EXPORT");
    }

    /** Removes generated parts from an ARN or another text. */
    private static String known(String text) {
        return Objects.requireNonNullElseGet(
                names.get(text),
                () -> ARCHIVE.matcher(STREAM.matcher(GENERATED
                                        .matcher(text)
                                        .replaceFirst(found -> found.group(3) != null
                                                ? "Deadlines"
                                                : found.group(1) + " DeadlineRole"))
                                .replaceFirst("$1/stream"))
                        .replaceFirst("archive of $1"));
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode oneOrMore) {
        return oneOrMore.isArray()
                ? elements(oneOrMore).stream().map(JsonNode::asText).toList()
                : List.of(oneOrMore.asText());
    }

    @Test
    void every_template_was_deployed_and_only_what_the_emulator_does_not_know_left_out() {
        assertThat(texts(told.path("stacks")))
                .hasSize(deployment.slices().size()
                        + (int) deployment.tables().stream()
                                .filter(Deployment.Table::streamed)
                                .count());
        assertThat(told.path("skipped").properties())
                .extracting(Map.Entry::getKey)
                .isSubsetOf(LEFT_OUT);
    }

    @Test
    void tables_have_the_same_keys_indexes_and_streams() {
        Map<String, List<Object>> there = new TreeMap<>();
        told.path("tables").properties().forEach(one -> {
            JsonNode table = one.getValue();
            there.put(
                    one.getKey(),
                    List.of(
                            fields(table.path("attributes")),
                            fields(table.path("keys")),
                            elements(table.path("indexes")).stream()
                                    .map(index -> new Deployment.Index(
                                            index.path("name").asText(),
                                            fields(index.path("keys")),
                                            index.path("projection").asText(),
                                            texts(index.path("included"))))
                                    .toList(),
                            table.path("stream").asText()));
        });
        Map<String, List<Object>> derived = new TreeMap<>();
        deployment
                .tables()
                .forEach(table -> derived.put(
                        table.name(), List.of(table.attributes(), table.keys(), table.indexes(), table.stream())));

        assertThat(there).isEqualTo(derived);
    }

    @Test
    void queues_give_up_after_the_same_number_of_deliveries() {
        Map<String, Deployment.Queue> there = new TreeMap<>();
        told.path("queues")
                .properties()
                .forEach(one -> there.put(
                        one.getKey(),
                        new Deployment.Queue(
                                one.getKey(),
                                one.getValue().path("maxReceives").asInt(),
                                one.getValue().path("deadLetters").asText())));

        assertThat(there.values()).containsExactlyInAnyOrderElementsOf(deployment.queues());
    }

    @Test
    void functions_have_the_same_settings_runtime_memory_and_time() {
        Map<String, List<Object>> there = new TreeMap<>();
        told.path("functions").properties().forEach(one -> {
            JsonNode function = one.getValue();
            there.put(
                    known(one.getKey()),
                    List.of(
                            settings(fields(function.path("environment"))),
                            function.path("runtime").asText(),
                            function.path("timeout").asInt(),
                            function.path("memory").asInt()));
        });
        Map<String, List<Object>> derived = new TreeMap<>();
        deployment
                .functions()
                .forEach(function -> derived.put(
                        known(function.arn()),
                        List.of(
                                settings(function.environment()),
                                function.runtime(),
                                (int) function.timeout().toSeconds(),
                                function.memoryMegabytes())));

        assertThat(there).isEqualTo(derived);
    }

    private static Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>();
        environment.forEach((name, value) -> settings.put(name, known(value)));
        return settings;
    }

    @Test
    void functions_may_do_the_same() {
        Map<String, Set<String>> there = new TreeMap<>();
        told.path("functions")
                .properties()
                .forEach(one -> there.put(
                        known(one.getKey()),
                        elements(one.getValue().path("policy")).stream()
                                .map(statement -> texts(statement.path("actions")) + " on "
                                        + texts(statement.path("resource")).stream()
                                                .map(RehearsalTest::known)
                                                .toList())
                                .collect(Collectors.toSet())));
        Map<String, Set<String>> derived = new TreeMap<>();
        deployment
                .functions()
                .forEach(function -> derived.put(
                        known(function.arn()),
                        function.policy().statements().stream()
                                .map(statement -> statement.actions() + " on "
                                        + statement.resources().stream()
                                                .map(RehearsalTest::known)
                                                .toList())
                                .collect(Collectors.toSet())));

        assertThat(there).isEqualTo(derived);
    }

    @Test
    void feeds_read_and_fail_alike() {
        List<List<Object>> there = elements(told.path("mappings")).stream()
                .map(mapping -> {
                    String source = mapping.path("source").asText();
                    List<Object> what = new ArrayList<>(List.of(
                            known(mapping.path("function").asText()),
                            known(source),
                            mapping.path("batchSize").asInt()));
                    if (!source.contains(":sqs:")) {
                        what.addAll(List.of(
                                mapping.path("bisect").asBoolean(),
                                texts(mapping.path("responses")).equals(List.of("ReportBatchItemFailures")),
                                mapping.path("retries").asInt(),
                                mapping.path("oldestSeconds").asInt(),
                                mapping.path("onFailure").asText()));
                    }
                    return what;
                })
                .toList();
        List<List<Object>> derived = new ArrayList<>();
        deployment
                .feeds()
                .forEach(feed -> derived.add(List.of(
                        known(feed.function()),
                        known(feed.source()),
                        feed.batchSize(),
                        feed.bisect(),
                        feed.partial(),
                        feed.retries(),
                        feed.oldestSeconds(),
                        feed.onFailure())));
        deployment
                .queueFeeds()
                .forEach(feed -> derived.add(List.of(known(feed.function()), feed.queue(), feed.batchSize())));

        assertThat(there).containsExactlyInAnyOrderElementsOf(derived);
    }

    @Test
    void rules_and_schedules_reach_the_same() {
        List<List<Object>> there = new ArrayList<>();
        for (JsonNode rule : elements(told.path("rules"))) {
            for (JsonNode target : elements(rule.path("targets"))) {
                String arn = known(target.path("arn").asText());
                String schedule = rule.path("schedule").asText();
                there.add(
                        schedule.isEmpty()
                                ? List.of(
                                        rule.path("bus").asText(),
                                        texts(rule.path("pattern").path("source")),
                                        texts(rule.path("pattern").path("detail-type")),
                                        arn)
                                : List.of(schedule, target.path("input"), arn));
            }
        }
        List<List<Object>> derived = new ArrayList<>();
        deployment
                .rules()
                .forEach(rule -> derived.add(List.of(rule.bus(), rule.sources(), rule.types(), rule.target())));
        deployment
                .schedules()
                .forEach(schedule -> derived.add(List.of(
                        schedule.rate().toMinutes() == 1
                                ? "rate(1 minute)"
                                : "rate(" + schedule.rate().toDays() + " day)",
                        schedule.input(),
                        known(schedule.function()))));

        assertThat(there).containsExactlyInAnyOrderElementsOf(derived);
    }

    @Test
    void an_update_changes_the_functions_of_its_slice_alone() {
        JsonNode updated = told.path("updated");
        String slice = updated.path("stack").asText().replace("functions/", "").replace("/template.yaml", "");

        assertThat(updated.path("functions").properties())
                .extracting(one -> known(one.getKey()))
                .containsExactlyInAnyOrderElementsOf(deployment.functions().stream()
                        .filter(function -> function.slice().equals(slice))
                        .map(function -> known(function.arn()))
                        .toList());
        assertThat(updated.path("functions").properties())
                .allSatisfy(one -> assertThat(one.getValue().asText()).isEqualTo("provided.al2023"));
    }

    @Test
    void deletions_leave_what_was_recorded_and_where_event_handlers_stand() {
        Set<String> born = deployment.births().stream()
                .map(arn -> deployment.function(arn).slice())
                .collect(Collectors.toSet());
        List<String> kept = new ArrayList<>();
        deployment.tables().stream().filter(Deployment.Table::streamed).forEach(table -> kept.add(table.name()));
        deployment.functions().stream()
                .filter(function -> born.contains(function.slice()))
                .map(function -> Objects.requireNonNull(function.environment().get("VIEW_TABLE")))
                .distinct()
                .forEach(kept::add);

        assertThat(texts(told.path("left").path("tables"))).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(List.of("queues", "functions", "mappings", "rules"))
                .allSatisfy(
                        kind -> assertThat(texts(told.path("left").path(kind))).isEmpty());
    }
}
