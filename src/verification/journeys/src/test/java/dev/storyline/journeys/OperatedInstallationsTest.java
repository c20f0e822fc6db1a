package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.Storyline;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.ContextSelection;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.database.RunningCloud;
import dev.storyline.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that an operator works the same way on a cloud in memory, by its port, and on what answers the calls of AWS, by its
 * stage: what is parked, skipped, scenarios, status, and the record of it.
 */
class OperatedInstallationsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SLICE = "wishes/child-wishes";

    @TempDir
    private static Path folder;

    private static Path repository;
    private static LocalCloud cloud;
    private static HttpCalls calls;
    private static RunningCloud.Access access;

    @BeforeAll
    static void start() throws IOException {
        repository = ShortWaits.repository(folder.resolve("repository"));
        cloud = LocalCloud.start(new LocalCloud.Options(repository, 0, null).of(ContextSelection.alone("wishes")));
        calls = HttpCalls.to(cloud.baseUri());
        access = Objects.requireNonNull(RunningCloud.at(cloud.baseUri().getPort()));
        // What the SDK reads in place of the environment of an engineer.
        System.setProperty("aws.accessKeyId", access.key());
        System.setProperty("aws.secretAccessKey", access.key());
        System.setProperty("aws.endpointUrl", String.valueOf(access.aws()));
    }

    @AfterAll
    static void stop() {
        List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrl").forEach(System::clearProperty);
        cloud.close();
        assertThat(RunningCloud.at(cloud.baseUri().getPort())).isNull();
    }

    /** A place that is no checkout: commands must not need one. */
    private static String run(int status, Path root, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Session session = new Session(root, out, out, false, Map.of(), false);
        assertThat(Storyline.run(session, arguments)).as("%s", output).isEqualTo(status);
        return output.toString(StandardCharsets.UTF_8);
    }

    private static String atPort(int status, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", String.valueOf(cloud.baseUri().getPort())));
        return run(status, folder, all.toArray(String[]::new));
    }

    private static String onStage(int status, String stage, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--stage", stage, "--region", "us-east-1"));
        return run(status, folder, all.toArray(String[]::new));
    }

    /** Parks a stream at all slices that read it: its second event has a wish without an id. */
    private static void park(String child) throws Exception {
        assertThat(calls.wish(child, child, "a kite").statusCode()).isEqualTo(201);
        put(child, 2, "WishFulfilled", "{\"wishId\":\"\",\"childId\":\"" + child + "\"}");
        put(child, 3, "WishApproved", "{\"wishId\":\"w3\",\"childId\":\"" + child + "\",\"wish\":\"a ball\"}");
        Eventually.within(
                SOON, () -> assertThat(atPort(0, "parked", SLICE)).contains("child#" + child + "  at version 2"));
    }

    private static void put(String child, long version, String type, String data) {
        cloud.dynamo()
                .putItem(put -> put.tableName("storyline-dev-wishes-events")
                        .item(CommitItem.of(new Commit(
                                new StreamId("child", child),
                                version,
                                "by-hand-" + version,
                                Instant.now(),
                                List.of(new StoredEvent(type, 1, false, data)),
                                new CommitMetadata("somebody", "by-hand", null, null, null)))));
    }

    private static List<JsonNode> operated(String slice) {
        List<JsonNode> operated = new ArrayList<>();
        new DynamoDbEventStore(cloud.dynamo(), "storyline-dev-wishes-events")
                .read(
                        new StreamId("operator", slice),
                        0,
                        Long.MAX_VALUE,
                        commit -> operated.add(Json.mapper()
                                .createObjectNode()
                                .put("actor", commit.meta().actor())
                                .set("data", read(commit.events().getFirst()))));
        return operated;
    }

    private static JsonNode read(StoredEvent event) {
        assertThat(event.type()).isEqualTo(StoredEvent.OPERATED);
        try {
            return Json.mapper().readTree(event.data());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_poison_event_in_a_cloud_in_memory_is_seen_told_as_a_scenario_and_skipped_with_a_record() throws Exception {
        park("ann");
        assertThat(atPort(1, "status"))
                .containsPattern("! wishes/child-wishes +(current|\\S+ \\S+ \\(\\d+\\)) +1 for a person")
                .containsPattern("need a person");
        JsonNode json = Json.mapper().readTree(atPort(1, "status", SLICE, "--json"));
        assertThat(json.path("slices").path(0).path("forPerson").asLong()).isEqualTo(1);
        assertThat(json.path("slices").path(0).path("lastApplied").isTextual()).isTrue();
        assertThat(atPort(0, "parked", SLICE, "wishes/child#ann", "--scenario"))
                .contains(
                        "# wishes/child-wishes is parked: ",
                        "- WishApproved: {",
                        "wish: a kite",
                        "- WishFulfilled: {wishId: \"\", childId: ann}")
                .contains("then: ChildWishes")
                .doesNotContain("a ball");
        assertThat(atPort(0, "parked", SLICE, "child#ann", "--scenario", "--anonymise"))
                .contains("childId: childId-1", "wish: wish-1")
                .doesNotContain("ann", "kite");
        assertThat(atPort(1, "redrive", SLICE, "child#ann", "--reason", "a try"))
                .contains("still stands at version 2");
        assertThat(atPort(0, "skip", SLICE, "child#ann", "--reason", "Ticket 7: by hand"))
                .isEqualTo(
                        "wishes/child-wishes has skipped version 2 of child#ann. child#ann is at its head, version 3.\n");
        assertThat(calls.get("/wishes/children/ann").path("wishes")).hasSize(2);
        assertThat(atPort(0, "parked", "--skipped"))
                .contains(
                        "wishes/child-wishes  child#ann  version 2 at ",
                        ": Ticket 7: by hand  (was parked: ",
                        "1 skipped.");
        assertThat(atPort(3, "skip", SLICE, "child#ann", "--reason", "once more"))
                .isEqualTo("The stream child#ann is not parked at wishes/child-wishes.\n");
        assertThat(atPort(3, "skip", SLICE, "child#nobody", "--reason", "a slip"))
                .isEqualTo("The stream child#nobody is not parked at wishes/child-wishes.\n");
        assertThat(operated("child-wishes"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path("actor").asText()).isEqualTo(System.getProperty("user.name")));
        assertThat(operated("child-wishes").getFirst().path("data").toString())
                .isEqualTo("{\"action\":\"redrive\",\"stream\":\"child#ann\",\"reason\":\"a try\"}");
        assertThat(operated("child-wishes").getLast().path("data").toString())
                .startsWith("{\"action\":\"skip\",\"stream\":\"child#ann\",\"version\":2,\"cause\":")
                .endsWith("\"reason\":\"Ticket 7: by hand\"}");
        Eventually.within(SOON, () -> assertThat(atPort(0, "reconcile", SLICE)).contains(" 0 behind"));
        assertThat(atPort(3, "rebuild", SLICE)).contains("child#ann", "honour the skips");
        assertThat(atPort(0, "rebuild", SLICE, "--honour-skips")).contains("is served from generation");
        assertThat(calls.get("/wishes/children/ann").path("wishes")).hasSize(2);
    }

    @Test
    void a_stage_is_operated_by_the_same_commands_through_the_clients_of_AWS() throws Exception {
        park("bea");
        String wishById = "wishes/wish-by-id";
        Eventually.within(
                SOON, () -> assertThat(onStage(0, "dev", "parked", wishById)).contains("child#bea  at version 2"));
        assertThat(onStage(1, "dev", "status", wishById)).contains("1 for a person");
        assertThat(onStage(0, "dev", "skip", wishById, "wishes/child#bea", "--reason", "Ticket 8"))
                .contains("has skipped version 2 of child#bea");
        assertThat(operated("wish-by-id").getLast().path("actor").asText())
                .isEqualTo("arn:aws:sts::000000000000:assumed-role/operatorRole/operator");
        assertThat(onStage(3, "dev", "clock")).isEqualTo("The clock of AWS cannot be moved.\n");
        assertThat(onStage(3, "prod", "status"))
                .isEqualTo("The stage 'prod' in us-east-1 has no context: the stages there are dev.\n");
        assertThat(onStage(3, "dev", "status", "--profile", "nobody-has-this"))
                .startsWith("The stage 'dev' in us-east-1 cannot be reached: ")
                .contains("nobody-has-this")
                .doesNotContain("\tat ");
    }

    @Test
    void a_wrong_command_is_one_sentence_and_changes_nothing() {
        assertThat(atPort(2, "status", "wishes/child-wish")).startsWith("There is no view and no event handler");
        assertThat(atPort(2, "status", "--data", "x"))
                .startsWith("--port, --data and --stage name different installations: give one of them.");
        assertThat(atPort(2, "status", "--region", "eu-north-1"))
                .startsWith("--region and --profile belong to a stage");
        assertThat(atPort(2, "status", "--watch")).startsWith("--watch needs a terminal");
        assertThat(atPort(2, "status", "--bound", "0")).startsWith("A bound is a number of seconds");
        assertThat(atPort(2, "skip", SLICE, "child#simo", "--reason", " ")).startsWith("A skip needs a reason");
        assertThat(atPort(2, "parked", "--scenario")).startsWith("A scenario is that of one slice and one stream");
        assertThat(atPort(2, "parked", SLICE, "--anonymise")).startsWith("--anonymise belongs to --scenario");
        assertThat(atPort(3, "redrive", SLICE, "kitchen/child#simo"))
                .startsWith("The stream 'kitchen/child#simo' is not of the context 'wishes'.");
        assertThat(run(3, folder, "status", "--port", "1")).startsWith("No local cloud of yours runs at port 1:");
        assertThat(atPort(3, "status", "--contexts", "kitchen"))
                .isEqualTo("The local cloud leaves the context 'kitchen' out: it has wishes.\n");
    }
}
