package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.Storyline;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.operator.Operator;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.RunLength;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Tests an operator's commands, most of them on a running cloud, which does the work. The commands run in this process,
 * except for those that are killed and one that runs where no cloud does.
 */
class OperatorTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Requests arrive continuously, but leave time for the rebuild. */
    private static final long BETWEEN_REQUESTS_NANOS = 50_000_000;

    private static final int CHILDREN = RunLength.of(8, 60);
    private static final int WISHES = CHILDREN * 10;
    private static final int KILLS = RunLength.of(1, 2);

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path repository;
    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() throws IOException {
        data = folder.resolve("data");
        repository = ShortWaits.repository(folder.resolve("repository"));
        cloud = LocalCloud.start(new LocalCloud.Options(repository, 0, data).of(CloudProcess.CONTEXTS));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /** Starts a command in its own process, on a repository with short rebuild waits. */
    private static CloudProcess process(Path data, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        all.addAll(CloudProcess.rooted(repository));
        return CloudProcess.command(folder, all.toArray(String[]::new));
    }

    private static String run(String... arguments) {
        return run(0, arguments);
    }

    private static String run(int status, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString(), "--contexts", String.join(",", CloudProcess.CONTEXTS)));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Session session = new Session(repository, out, out, false, Map.of(), false);
        assertThat(Storyline.run(session, all.toArray(String[]::new)))
                .as("%s", output)
                .isEqualTo(status);
        return output.toString(StandardCharsets.UTF_8);
    }

    /** Puts a commit into the event table without the event store. */
    private static void put(DynamoDbClient tables, Commit commit) {
        tables.putItem(put -> put.tableName("storyline-dev-wishes-events").item(CommitItem.of(commit)));
    }

    private static Commit byHand(String child, long version, String data) {
        return new Commit(
                new StreamId("child", child),
                version,
                "by-hand-" + version,
                Instant.now(),
                List.of(new StoredEvent("WishApproved", 1, false, data)),
                new CommitMetadata("somebody", "by-hand", null, null, null));
    }

    @Test
    void a_stream_with_a_failing_event_parks_alone_is_listed_and_goes_on_when_it_is_redriven() throws Exception {
        assertThat(calls.wish("ann", "k1", "a kite").statusCode()).isEqualTo(201);
        put(cloud.dynamo(), byHand("ann", 3, "{\"wishId\":\"w3\",\"childId\":\"ann\",\"wish\":\"a ball\"}"));
        assertThat(calls.wish("bob", "k2", "a drum").statusCode()).isEqualTo(201);
        Eventually.within(
                SOON, () -> calls.get("/wishes/children/bob").path("version").asLong() == 1);
        try (Operator operator = Operator.on(repository, data, Set.of(CloudProcess.CONTEXTS))) {
            Eventually.within(
                    SOON,
                    () -> assertThat(operator.parked(null).stream()
                                    .map(parked -> parked.path("slice").asText()))
                            .contains("wishes/child-wishes", "wishes/wish-by-id", "wishes/publish-wish-updates"));
            assertThat(run("parked", "wishes/child-wishes")).contains("child#ann  at version 2", "has no event 2");
            assertThat(run("parked"))
                    .contains("wishes/wish-by-id  child#ann", "wishes/publish-wish-updates  child#ann")
                    .doesNotContain("child#bob");
            assertThat(run(1, "redrive", "wishes/child-wishes", "child#ann")).contains("still stands at version 2");
            cloud.invoke("child-wishes-upkeep", Json.mapper().createObjectNode().put("do", "redrive-due"));
            assertThat(cloud.metrics())
                    .contains("storyline_parked_streams{context=\"wishes\",slice=\"child-wishes\"} 1.0");
            put(cloud.dynamo(), byHand("ann", 2, "{\"wishId\":\"w2\",\"childId\":\"ann\",\"wish\":\"a book\"}"));
            for (String slice : List.of("child-wishes", "wish-by-id", "naughty-list", "publish-naughtiness")) {
                JsonNode redriven = operator.redrive("wishes/" + slice, "");
                assertThat(redriven.path("healed").asLong())
                        .as("%s", redriven)
                        .isEqualTo(redriven.path("streams").asLong());
            }
        }
        assertThat(run("redrive", "wishes/publish-wish-updates"))
                .contains("1 of 1 parked streams are at their heads again");
        JsonNode ann = calls.get("/wishes/children/ann");
        assertThat(ann.path("version").asLong()).isEqualTo(3);
        assertThat(ann).isEqualTo(calls.get("/wishes/children/ann?consistency=strong"));
        Eventually.within(SOON, () -> calls.post("/logistics/orders/w3/deliver", "{}") == 200);
        assertThat(run("parked")).contains("Nothing is parked.");
    }

    @Test
    void a_process_of_its_own_works_on_data_on_which_no_cloud_runs() throws Exception {
        Path resting = folder.resolve("resting");
        try (LocalDatabase tables = LocalDatabase.open(resting)) {
            tables.create(cloud.deployment().tables());
            put(tables.client(), byHand("dan", 1, "{\"wishId\":\"w1\",\"childId\":\"dan\",\"wish\":\"a bell\"}"));
        }
        try (CloudProcess reconcile = process(resting, "reconcile", "wishes/child-wishes")) {
            assertThat(reconcile.exit()).as("%s", reconcile.output()).isZero();
            assertThat(reconcile.output()).contains("1 behind");
        }
    }

    @Test
    void a_rebuild_under_live_commands_that_is_killed_ends_in_a_view_that_equals_its_streams() throws Exception {
        for (int i = 0; i < WISHES; i++) {
            assertThat(calls.wish("c" + i % CHILDREN, "before-" + i, "wish " + i)
                            .statusCode())
                    .isIn(201, 422);
        }
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Future<?> writer = executor.submit(() -> write(over));
            Future<Integer> reader = executor.submit(() -> read(over));
            try {
                rebuildAfterKills();
            } finally {
                over.set(true);
            }
            writer.get();
            int queries = reader.get();
            System.out.println(queries + " queries meanwhile, none failed, none went backwards");
            assertThat(queries).isPositive();
        }
        for (int i = 0; i < CHILDREN; i++) {
            String child = "/wishes/children/c" + i;
            Eventually.within(SOON, () -> calls.get(child).equals(calls.get(child + "?consistency=strong")));
        }
        assertThat(run("reconcile", "wishes/child-wishes")).contains(" 0 behind");
    }

    @Test
    void a_rebuild_is_planned_watched_from_elsewhere_refused_twice_and_let_go_faster() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(calls.wish("p" + i, "planned-" + i, "wish " + i).statusCode())
                    .isEqualTo(201);
        }
        String slice = "wishes/wish-by-id";
        assertThat(run("rebuild", slice, "--plan", "--read-units", "10"))
                .contains("counted in all", "Nothing was changed.")
                .containsPattern("write units [0-9,]+, [0-9.]+ dollars");
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<String> first = executor.submit(() -> run("rebuild", slice, "--write-units", "1"));
            Eventually.within(
                    SOON,
                    () -> run("rebuild", slice, "--status").contains("runs; its last sign of life")
                            && run("rebuild", slice, "--status").contains("1 write units a second"));
            assertThat(run(3, "rebuild", slice)).contains("A rebuild of this view is under way: ");
            assertThat(run("rebuild", slice, "--set", "--write-units", "none")).contains("no ceiling of write units");
            assertThat(first.get()).contains("streams compared with their heads", "is served from generation");
        }
        assertThat(run("rebuild", slice, "--status")).contains("ended at");
        assertThat(run("rebuild", slice, "--diff")).contains(" 0 differ, 0 are gone, and 0 are new", "not served");
        assertThat(run("rebuild", slice, "--drop")).contains("is given up");
        assertThat(run("rebuild", slice, "--diff", "--yes", "--json"))
                .contains("\"changed\":0", "\"served\":true", "\"doing\":\"");
    }

    private static void rebuildAfterKills() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            try (CloudProcess rebuild = process(data, "rebuild", "wishes/child-wishes", "--segments", "2")) {
                Eventually.within(
                        SOON,
                        () -> rebuild.output().contains("events")
                                || rebuild.output().contains("under way"));
                rebuild.kill();
            }
        }
        // The function goes on when its caller is gone, and no second rebuild is let in meanwhile.
        Eventually.within(
                SOON, () -> !run("rebuild", "wishes/child-wishes", "--status").contains("runs; its last sign of life"));
        assertThat(run("rebuild", "wishes/child-wishes"))
                .containsPattern("wishes/child-wishes is served from generation [1-9]");
    }

    /** Makes wishes until the test is over. */
    private static @Nullable Void write(AtomicBoolean over) throws Exception {
        for (int i = 0; !over.get(); i++) {
            assertThat(calls.wish("c" + i % CHILDREN, "live-" + i, "live " + i).statusCode())
                    .isIn(201, 422);
            LockSupport.parkNanos(BETWEEN_REQUESTS_NANOS);
        }
        return null;
    }

    /**
     * Reads the view until the test is over, and returns the number of queries. The version of a child must never
     * decrease.
     */
    private static int read(AtomicBoolean over) throws Exception {
        Map<String, Long> seen = new HashMap<>();
        Random random = new Random(1);
        int queries = 0;
        while (!over.get()) {
            String child = "c" + random.nextInt(CHILDREN);
            long version = calls.get("/wishes/children/" + child + "?atLeast=child%23" + child + "@1")
                    .path("version")
                    .asLong();
            assertThat(version).as("%s never goes back", child).isGreaterThanOrEqualTo(seen.getOrDefault(child, 0L));
            seen.put(child, version);
            queries++;
            LockSupport.parkNanos(BETWEEN_REQUESTS_NANOS);
        }
        return queries;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rebuild wishes/publish-wish-updates | 3 | is an event handler
            rebuild wishes/nowhere              | 2 | There is no view and no event handler 'wishes/nowhere'
            redrive wishes/wish-by-id simo      | 3 | The stream 'simo' must be a category and an id
            rebuild wishes/wish-by-id --read-units 0            | 2 | A ceiling of --read-units is a number from 1
            rebuild wishes/wish-by-id --write-units none        | 2 | A ceiling of --write-units is a number from 1
            rebuild wishes/wish-by-id --set                     | 2 | --set needs --read-units or --write-units
            rebuild wishes/wish-by-id --set --read-units 5      | 3 | No rebuild of this view is under way
            rebuild wishes/wish-by-id --drop                    | 3 | there is nothing to give up
            rebuild wishes/wish-by-id --back                    | 3 | There is no generation to switch back to
            rebuild wishes/wish-by-id --plan --diff             | 2 | Name one of --plan
            rebuild wishes/wish-by-id --yes                     | 2 | --yes belongs to --diff
            reconcile wishes/wish-by-id --read-units 0          | 2 | A ceiling of --read-units is 1 or more
            """)
    void a_wrong_command_is_refused_with_a_reason(String command, int status, String reason) {
        assertThat(run(status, command.split(" "))).contains(reason).doesNotContain("\tat ");
    }
}
