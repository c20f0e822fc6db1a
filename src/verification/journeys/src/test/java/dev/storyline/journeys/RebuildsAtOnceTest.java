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
import dev.storyline.local.ContextSelection;
import dev.storyline.local.LocalCloud;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three views of one history are rebuilt at once beside live commands. One rebuild is killed twice, and its ceiling is changed
 * while it runs. The ordinary run has 2,400 events, the long one 200,000.
 */
@Tag("slow")
class RebuildsAtOnceTest {
    private static final Duration SOON = Duration.ofSeconds(RunLength.of(60, 3_600));
    private static final int CHILDREN = RunLength.of(40, 500);
    private static final int COMMITS = RunLength.of(3, 20);
    private static final int EVENTS = 20;
    private static final int KILLS = 2;
    private static final List<String> VIEWS =
            List.of("wishes/child-wishes", "wishes/wish-by-id", "wishes/naughty-list");
    private static final String KILLED = "wishes/wish-by-id";

    /** The longest lag that needs nobody, in seconds. */
    private static final String BOUND = "300";

    /** Requests arrive continuously, but leave time for the rebuilds. */
    private static final long BETWEEN_REQUESTS_NANOS = 50_000_000;

    @TempDir
    private static Path folder;

    private static Path repository;
    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() throws IOException {
        repository = ShortWaits.repository(folder.resolve("repository"));
        cloud = LocalCloud.start(
                new LocalCloud.Options(repository, 0, folder.resolve("data")).of(ContextSelection.alone("wishes")));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        calls.client().close();
        cloud.close();
    }

    private static String run(int status, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", String.valueOf(cloud.baseUri().getPort())));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Session session = new Session(repository, out, out, false, Map.of(), false);
        assertThat(Storyline.run(session, all.toArray(String[]::new)))
                .as("%s", output)
                .isEqualTo(status);
        return output.toString(StandardCharsets.UTF_8);
    }

    private static double metric(String series, String slice) {
        return cloud.metrics()
                .lines()
                .filter(line -> line.startsWith(series + "{") && line.contains("slice=\"" + slice + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Puts a history into the event table, many events in each commit. */
    private static void history() {
        for (int child = 0; child < CHILDREN; child++) {
            for (int commit = 0; commit < COMMITS; commit++) {
                List<StoredEvent> events = new ArrayList<>();
                for (int event = 0; event < EVENTS; event++) {
                    events.add(new StoredEvent(
                            "WishApproved",
                            1,
                            false,
                            "{\"wishId\":\"w" + child + "-" + commit + "-" + event + "\",\"childId\":\"c" + child
                                    + "\",\"wish\":\"a kite\"}"));
                }
                long version = (long) commit * EVENTS + 1;
                Commit whole = new Commit(
                        new StreamId("child", "c" + child),
                        version,
                        "history-" + child + "-" + commit,
                        Instant.now(),
                        events,
                        new CommitMetadata("somebody", "history", null, null, null));
                cloud.dynamo()
                        .putItem(put ->
                                put.tableName("storyline-dev-wishes-events").item(CommitItem.of(whole)));
            }
        }
        Eventually.within(SOON, () -> isCurrent());
    }

    private static boolean isCurrent() throws IOException {
        JsonNode slices = Json.mapper()
                .readTree(run(0, "status", "--json", "--bound", "86400"))
                .path("slices");
        for (JsonNode slice : slices) {
            if (slice.path("behind").asLong() > 0) {
                return false;
            }
        }
        return calls(CHILDREN - 1) == (long) COMMITS * EVENTS;
    }

    private static long calls(int child) throws IOException {
        try {
            return calls.status("/wishes/children/c" + child) == 200
                    ? calls.get("/wishes/children/c" + child).path("version").asLong()
                    : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void three_rebuilds_under_live_commands_one_of_them_killed_twice_end_in_views_that_equal_a_fresh_fold()
            throws Exception {
        history();
        long approved = (long) CHILDREN * COMMITS * EVENTS;
        Eventually.within(SOON, () -> metric("storyline_effect_calls_total", "publish-wish-updates") == approved);
        double lagsBefore = metric("storyline_lag_seconds_count", "child-wishes");
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger live = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            Future<Integer> writer = threads.submit(() -> write(over, live));
            Future<Integer> reader = threads.submit(() -> read(over));
            Future<Integer> watcher = threads.submit(() -> watch(over));
            try {
                List<Future<String>> others = new ArrayList<>();
                for (String view : VIEWS) {
                    if (!view.equals(KILLED)) {
                        others.add(threads.submit(() -> run(0, "rebuild", view)));
                    }
                }
                killTwiceAndChangeTheCeiling(threads);
                for (Future<String> other : others) {
                    assertThat(other.get()).contains("is served from generation 1");
                }
            } finally {
                over.set(true);
            }
            System.out.println(writer.get() + " live commands, " + reader.get()
                    + " queries meanwhile, none failed, none went backwards; " + watcher.get()
                    + " looks at the status");
            assertThat(reader.get()).isPositive();
            assertThat(watcher.get()).isPositive();
        }
        assertEqualToAFreshFold();
        assertThat(metric("storyline_lag_seconds_count", "child-wishes")).isGreaterThan(lagsBefore);
        // Each effect was called once, those of the live commands too, and no rebuild has called any.
        double all = approved + live.get();
        Eventually.within(SOON, () -> metric("storyline_effect_calls_total", "publish-wish-updates") >= all);
        assertThat(metric("storyline_effect_calls_total", "publish-wish-updates"))
                .isEqualTo(all);
        assertThat(metric("storyline_effect_repeats_total", "publish-wish-updates"))
                .isZero();
    }

    private static void killTwiceAndChangeTheCeiling(ExecutorService threads) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            try (CloudProcess rebuild = maintenance("{\"do\": \"rebuild\", \"segments\": 2, \"writeUnits\": 20}")) {
                Eventually.within(SOON, () -> isReading());
                rebuild.kill();
            }
        }
        // A ceiling of one write unit would take hours: it ends because the ceiling is lifted while it runs.
        Future<String> last = threads.submit(() -> run(0, "rebuild", KILLED, "--write-units", "1"));
        Eventually.within(
                SOON,
                () -> assertThat(run(0, "rebuild", KILLED, "--status"))
                        .contains("runs; its last sign of life", "1 write units a second"));
        assertThat(run(0, "rebuild", KILLED, "--set", "--write-units", "none")).contains("no ceiling of write units");
        assertThat(last.get()).contains("streams compared with their heads", "is served from generation 1");
    }

    /** The rebuild has begun to read, so a kill leaves a part of the new view behind. */
    private static boolean isReading() {
        String status = run(0, "rebuild", KILLED, "--status", "--json");
        return status.contains("\"doing\":\"reading\"") && status.contains("\"state\":\"RUNNING\"");
    }

    private static CloudProcess maintenance(String event) throws IOException {
        return CloudProcess.start(
                folder,
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MaintenanceProcess.class.getName(),
                        repository.toString(),
                        cloud.dynamo()
                                .serviceClientConfiguration()
                                .endpointOverride()
                                .orElseThrow()
                                .toString(),
                        KILLED,
                        event));
    }

    /** Makes wishes until the test is over; each is of a child of its own, or of one of the history. */
    private static int write(AtomicBoolean over, AtomicInteger live) throws Exception {
        int i = 0;
        while (!over.get()) {
            assertThat(calls.wish("live" + i, "live-" + i, "live " + i).statusCode())
                    .isEqualTo(201);
            live.incrementAndGet();
            i++;
            LockSupport.parkNanos(BETWEEN_REQUESTS_NANOS);
        }
        return i;
    }

    /** Reads a view until the test is over. The version of a child must never decrease. */
    private static int read(AtomicBoolean over) throws Exception {
        Map<String, Long> seen = new HashMap<>();
        Random random = new Random(1);
        int queries = 0;
        while (!over.get()) {
            String child = "c" + random.nextInt(CHILDREN);
            long version =
                    calls.get("/wishes/children/" + child).path("version").asLong();
            assertThat(version).as("%s never goes back", child).isGreaterThanOrEqualTo(seen.getOrDefault(child, 1L));
            seen.put(child, version);
            calls.get("/wishes/naughty-list");
            queries++;
            LockSupport.parkNanos(BETWEEN_REQUESTS_NANOS);
        }
        return queries;
    }

    /** Looks at the status until the test is over: nobody is needed, so the lag stays below its bound. */
    private static int watch(AtomicBoolean over) {
        int looks = 0;
        while (!over.get()) {
            run(0, "status", "--bound", BOUND);
            looks++;
            LockSupport.parkNanos(BETWEEN_REQUESTS_NANOS * 4);
        }
        return looks;
    }

    private static void assertEqualToAFreshFold() throws Exception {
        for (int child = 0; child < CHILDREN; child += Math.max(1, CHILDREN / 40)) {
            String path = "/wishes/children/c" + child;
            assertThat(calls.get(path)).isEqualTo(calls.get(path + "?consistency=strong"));
        }
        for (String view : VIEWS) {
            assertThat(run(0, "rebuild", view, "--diff")).contains(" 0 differ, 0 are gone, and 0 are new");
            run(0, "rebuild", view, "--drop");
        }
    }
}
