package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.Storyline;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.RunLength;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./storyline demo} fills the local cloud with a business whose books agree, also where the cloud is killed. */
class DemoTest {
    private static final Sizes SMALL = new Sizes(20, 8, 10);
    private static final Sizes UNDER_KILLS = RunLength.isLong() ? new Sizes(200, 50, 100) : SMALL;
    private static final int KILLS = RunLength.of(2, 20);

    /** A small demo on a cloud that has just started takes some seconds. */
    private static final Duration KILL_AFTER = Duration.ofMillis(RunLength.of(1_200, 6_000));

    @TempDir
    Path folder;

    private record Sizes(int orders, int jobs, int wishes) {
        List<String> options() {
            return List.of("--orders", "" + orders, "--jobs", "" + jobs, "--wishes", "" + wishes);
        }
    }

    /** What a run printed, as JSON, and its exit status. */
    private record Printed(int status, JsonNode report, String progress) {}

    private static Printed demo(Sizes sizes, String... where) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                Repository.root(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Map.of(),
                false);
        List<String> arguments = new ArrayList<>(List.of("demo", "--json"));
        arguments.addAll(sizes.options());
        arguments.addAll(List.of(where));
        int status = Storyline.run(session, arguments.toArray(String[]::new));
        String progress = err.toString(StandardCharsets.UTF_8);
        assertThat(status).as("%s\n%s", out, progress).isNotEqualTo(ExitStatus.COULD_NOT);
        return new Printed(status, Json.mapper().readTree(out.toByteArray()), progress);
    }

    @Test
    void a_newcomer_sees_a_living_business_and_the_same_seed_runs_again_on_the_same_data() throws Exception {
        Path data = folder.resolve("data");
        try (LocalCloud cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, data))) {
            Instant begin = cloud.clock().instant();

            Printed first = demo(SMALL, "--data", data.toString());
            assertEnds(SMALL, first);
            assertThat(first.progress()).contains("demo  day 1 of 5", "demo  day 5 of 5");
            assertThat(Duration.between(begin, cloud.clock().instant()))
                    .isBetween(Duration.ofDays(3), Duration.ofDays(5));

            Printed again = demo(SMALL, "--data", data.toString());
            assertEnds(SMALL, again);
            assertThat(again.report().path("run").asText())
                    .isNotEqualTo(first.report().path("run").asText());
            assertThat(again.report().path("wishes")).isEqualTo(first.report().path("wishes"));
        }
    }

    @Test
    void a_cloud_that_is_killed_again_and_again_loses_and_doubles_nothing() throws Exception {
        Path data = folder.resolve("data");
        String[] up = {"--root", Repository.root().toString(), "--port", "0", "--data", data.toString()};
        CloudProcess cloud = CloudProcess.start(folder, up);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            cloud.listening();
            Future<Printed> running = threads.submit(() -> demo(UNDER_KILLS, "--data", data.toString()));
            int kills = 0;
            while (kills < KILLS && !isDoneWithin(running, KILL_AFTER)) {
                cloud.kill();
                kills++;
                cloud = CloudProcess.start(folder, up);
                cloud.listening();
            }
            Printed printed = running.get();
            System.out.println(
                    kills + " kills, " + printed.report().path("retries").asInt() + " retries in "
                            + printed.report().path("seconds").asText() + " s");
            assertThat(kills).isPositive();
            assertEnds(UNDER_KILLS, printed);
        } finally {
            cloud.close();
        }
    }

    @Test
    void a_cloud_in_memory_has_one_day() throws Exception {
        try (LocalCloud cloud =
                LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null).of("inventory", "wishes"))) {
            Printed printed = demo(
                    new Sizes(0, 8, 40),
                    "--url",
                    cloud.baseUri().toString(),
                    "--data",
                    folder.toString(),
                    "--contexts",
                    "wishes");
            assertThat(printed.status()).isEqualTo(ExitStatus.WELL);
            assertThat(printed.report().path("days").asInt()).isEqualTo(1);
            assertThat(printed.report().path("notes").toString())
                    .contains("all days but the first", "jobs: fieldops is not used or does not run");
            assertThat(sum(printed.report().path("wishes"))).isBetween(1, 39);
            assertThat(cloud.clock().ahead()).isZero();
        }
    }

    private static boolean isDoneWithin(Future<?> running, Duration time)
            throws InterruptedException, ExecutionException {
        try {
            running.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Everything has come to an end that its story tells, and all books agree. */
    private static void assertEnds(Sizes sizes, Printed printed) {
        JsonNode report = printed.report();
        assertThat(report.path("problems")).as(report.toPrettyString()).isEmpty();
        assertThat(report.path("checks"))
                .as(report.toPrettyString())
                .isNotEmpty()
                .allMatch(check -> check.path("ok").asBoolean());
        assertThat(printed.status()).isEqualTo(ExitStatus.WELL);
        assertThat(report.path("days").asInt()).isEqualTo(5);
        assertThat(sum(report.path("wishes"))).isEqualTo(sizes.wishes());
        assertThat(report.path("wishes").properties())
                .extracting(Map.Entry::getKey)
                .contains("open", "fulfilled", "cancelled");
        assertThat(sum(report.path("jobs"))).isEqualTo(sizes.jobs());
        assertThat(report.path("jobs").properties())
                .extracting(state -> state.getKey().split(",")[0])
                .contains("open", "assigned", "completed", "cancelled");
        // Orders are placed where all contexts run that they need.
        if (report.has("orders")) {
            assertThat(sum(report.path("orders"))).isEqualTo(sizes.orders());
            assertThat(report.path("orders").properties())
                    .extracting(Map.Entry::getKey)
                    .contains("shipped", "cancelled", "refunded", "paid")
                    .doesNotContain("placed", "reserved");
        } else {
            assertThat(report.path("notes").toString()).contains("orders: ");
        }
    }

    private static int sum(JsonNode ends) {
        int sum = 0;
        for (JsonNode number : ends) {
            sum += number.asInt();
        }
        return sum;
    }
}
