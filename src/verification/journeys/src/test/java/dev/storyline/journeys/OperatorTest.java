package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.RunLength;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests an operator's commands on a running cloud. Each command runs in its own process. */
class OperatorTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Requests arrive continuously, but leave time for the rebuild. */
    private static final long BETWEEN_REQUESTS_NANOS = 10_000_000;

    private static final int CHILDREN = RunLength.of(20, 60);
    private static final int WISHES = CHILDREN * 10;

    @TempDir
    Path folder;

    private String data() {
        return folder.resolve("data").toString();
    }

    private CloudProcess cloud() throws IOException {
        return command("up", "--port", "0");
    }

    /** Starts a command of the launcher on a repository with short rebuild waits. */
    private CloudProcess command(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data()));
        all.addAll(CloudProcess.rooted(ShortWaits.repository(folder.resolve("repository"))));
        return CloudProcess.command(folder, all.toArray(String[]::new));
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        return run(0, arguments);
    }

    private String run(int status, String... arguments) throws IOException, InterruptedException {
        try (CloudProcess command = command(arguments)) {
            assertThat(command.exit()).as("%s", command.output()).isEqualTo(status);
            return command.output();
        }
    }

    /** Puts a commit into the event table without the event store. */
    private void put(Commit commit) throws IOException {
        URI endpoint = URI.create(Files.readString(folder.resolve("data/running")));
        try (LocalDatabase tables = LocalDatabase.at(endpoint)) {
            tables.client()
                    .putItem(put -> put.tableName("storyline-dev-wishes-events").item(CommitItem.of(commit)));
        }
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
        try (CloudProcess cloud = cloud()) {
            HttpCalls calls = HttpCalls.to(cloud.listening());
            assertThat(calls.wish("ann", "k1", "a kite").statusCode()).isEqualTo(201);
            put(byHand("ann", 3, "{\"wishId\":\"w3\",\"childId\":\"ann\",\"wish\":\"a ball\"}"));
            assertThat(calls.wish("bob", "k2", "a drum").statusCode()).isEqualTo(201);
            Eventually.within(
                    SOON,
                    () -> calls.get("/wishes/children/bob").path("version").asLong() == 1);
            Eventually.within(
                    SOON,
                    () -> assertThat(run("parked", "wishes/child-wishes"))
                            .contains("child#ann  at version 2", "has no event 2"));
            assertThat(run("parked"))
                    .contains("wishes/wish-by-id  child#ann", "wishes/publish-wish-updates  child#ann")
                    .doesNotContain("child#bob");
            assertThat(run(1, "redrive", "wishes/child-wishes", "child#ann")).contains("still stands at version 2");
            put(byHand("ann", 2, "{\"wishId\":\"w2\",\"childId\":\"ann\",\"wish\":\"a book\"}"));
            for (String slice : List.of("child-wishes", "wish-by-id", "naughty-list", "publish-naughtiness")) {
                run("redrive", "wishes/" + slice);
            }
            assertThat(run("redrive", "wishes/publish-wish-updates"))
                    .contains("1 of 1 parked streams are at their heads again");
            JsonNode ann = calls.get("/wishes/children/ann");
            assertThat(ann.path("version").asLong()).isEqualTo(3);
            assertThat(ann).isEqualTo(calls.get("/wishes/children/ann?consistency=strong"));
            Eventually.within(SOON, () -> calls.post("/logistics/orders/w3/deliver", "{}") == 200);
        }
        assertThat(run("parked")).contains("Nothing is parked.");
    }

    @Test
    void a_rebuild_under_live_commands_killed_twice_ends_in_a_view_that_equals_its_streams() throws Exception {
        try (CloudProcess cloud = cloud()) {
            HttpCalls calls = HttpCalls.to(cloud.listening());
            for (int i = 0; i < WISHES; i++) {
                assertThat(calls.wish("c" + i % CHILDREN, "before-" + i, "wish " + i)
                                .statusCode())
                        .isIn(201, 422);
            }
            AtomicBoolean over = new AtomicBoolean();
            try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
                Future<?> writer = executor.submit(() -> write(calls, over));
                Future<Integer> reader = executor.submit(() -> read(calls, over));
                try {
                    rebuildKilledTwice();
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
    }

    private void rebuildKilledTwice() throws Exception {
        for (int kill = 0; kill < 2; kill++) {
            try (CloudProcess rebuild = command("rebuild", "wishes/child-wishes", "--segments", "2")) {
                Eventually.within(SOON, () -> rebuild.output().contains("events"));
                rebuild.kill();
            }
        }
        assertThat(run("rebuild", "wishes/child-wishes")).contains("wishes/child-wishes is served from generation 1");
    }

    /** Makes wishes until the test is over. */
    private static @Nullable Void write(HttpCalls calls, AtomicBoolean over) throws Exception {
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
    private static int read(HttpCalls calls, AtomicBoolean over) throws Exception {
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

    @Test
    void a_rebuild_of_an_event_handler_or_of_an_unknown_slice_is_refused_with_a_reason() throws Exception {
        try (CloudProcess cloud = cloud()) {
            cloud.listening();
            for (List<String> wrong : List.of(
                    List.of("3", "rebuild", "wishes/publish-wish-updates", "is an event handler"),
                    List.of("2", "rebuild", "wishes/nowhere", "There is no view and no event handler 'wishes/nowhere'"),
                    List.of(
                            "3",
                            "redrive",
                            "wishes/wish-by-id",
                            "simo",
                            "The stream 'simo' must be a category and an id"))) {
                List<String> arguments = new ArrayList<>(wrong.subList(1, wrong.size() - 1));
                try (CloudProcess command = command(arguments.toArray(String[]::new))) {
                    assertThat(command.exit()).isEqualTo(Integer.parseInt(wrong.getFirst()));
                    assertThat(command.output()).contains(wrong.getLast()).doesNotContain("\tat ");
                }
            }
        }
    }
}
