package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.Storyline;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of field operations that are cancelled, archived by an operator's command, read, and brought back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArchiveJourneyTest {
    private static final int CANCELLED = 3;

    @TempDir
    private static Path folder;

    private static LocalCloud cloud;
    private static FieldOpsCalls calls;

    @BeforeAll
    static void start() throws Exception {
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, folder).of("fieldops", "maintenance"));
        calls = FieldOpsCalls.to(cloud);
        calls.openNorth();
        for (int i = 0; i <= CANCELLED; i++) {
            calls.createJob("j" + i, "2030-03-02T08:00:00Z", "2");
        }
        for (int i = 1; i <= CANCELLED; i++) {
            calls.post("jobs/j" + i + "/cancel", "{'reason': 'The customer moved.'}");
        }
        Eventually.within(
                Duration.ofSeconds(30),
                () -> calls.get("jobs/j" + CANCELLED).path("state").asText().equals("cancelled"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /** What a command printed, and its exit status. */
    private record Ran(int status, String output) {}

    private static Ran ran(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.toString()));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Session session = new Session(Repository.root(), out, out, false, Map.of(), false);
        int status = Storyline.run(session, all.toArray(String[]::new));
        return new Ran(status, output.toString(StandardCharsets.UTF_8));
    }

    private static String run(int status, String... arguments) {
        Ran ran = ran(arguments);
        assertThat(ran.status()).as("%s", ran.output()).isEqualTo(status);
        return ran.output();
    }

    private static String metrics() throws IOException, InterruptedException {
        return calls.calls()
                .client()
                .send(
                        HttpRequest.newBuilder(cloud.baseUri().resolve("/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    @Order(1)
    void nothing_is_archived_before_its_time_is_over_and_a_context_without_ends_has_no_archive() {
        assertThat(run(0, "archive", "fieldops")).contains("fieldops  0 closed, 0 archived, 0 waiting");
        assertThat(run(3, "archive", "maintenance")).contains("No stream of the context 'maintenance' ends");
        assertThat(run(3, "archive", "kitchen")).contains("has no context 'kitchen'");
        assertThat(run(2, "archive", "fieldops", "--limit", "0")).contains("--limit is 1 or more");
        assertThat(run(3, "archive", "restore", "job#j1", "--reason", "Ticket 1"))
                .contains("The stream fieldops/job#j1 is not archived.");
    }

    @Test
    @Order(2)
    void ended_jobs_are_archived_and_told_as_before_and_their_commands_are_refused() throws Exception {
        JsonNode job = calls.get("jobs/j1");
        JsonNode strong = calls.get("jobs/j1?consistency=strong");
        String story = run(0, "story", "job#j1");
        run(0, "clock", "+401d");
        assertThat(run(0, "archive", "fieldops", "--dry-run")).contains("would be 3 closed, 0 archived");
        assertThat(run(0, "archive", "fieldops")).contains("3 closed, 0 archived");
        run(0, "clock", "+2h");
        Eventually.within(
                Duration.ofSeconds(30),
                () -> ran("archive", "fieldops", "--dry-run").output().contains("would be 0 closed, 3 archived"));
        assertThat(run(0, "archive", "fieldops", "--limit", "1")).contains("0 closed, 1 archived");
        assertThat(run(0, "archive", "fieldops")).contains("0 closed, 2 archived, 0 waiting");
        try (Stream<Path> objects = Files.walk(folder.resolve("archive"))) {
            assertThat(objects.filter(Files::isRegularFile)).hasSize(CANCELLED);
        }
        assertThat(calls.get("jobs/j1").path("state")).isEqualTo(job.path("state"));
        assertThat(calls.get("jobs/j1?consistency=strong").path("state")).isEqualTo(strong.path("state"));
        assertThat(run(0, "story", "job#j1")).startsWith(story.strip()).contains("storyline.Closed");
        assertThat(run(0, "find", "--type", "JobCancelled"))
                .contains("Nothing is found")
                .contains("3 archived streams were not searched");
        assertThat(run(0, "story", "job#j1", "--causes")).contains("archived streams were not searched");
        HttpResponse<String> refused =
                calls.send("/fieldops/jobs/j1/cancel", "{'reason': 'The customer moved again.'}");
        assertThat(refused.statusCode()).isEqualTo(410);
        assertThat(Json.mapper().readTree(refused.body()).path("type").asText())
                .isEqualTo("urn:storyline:problem:stream-archived");
        run(0, "rebuild", "fieldops/job");
        assertThat(calls.get("jobs/j1").path("state")).isEqualTo(job.path("state"));
        assertThat(run(0, "reconcile", "fieldops/job")).contains("0 behind");
        assertThat(metrics()).doesNotContainPattern("storyline_altered_commits_total\\{[^}]*} [1-9]");
    }

    @Test
    @Order(3)
    void an_altered_object_is_refused_and_an_archived_job_comes_back() throws Exception {
        List<Path> objects;
        try (Stream<Path> all = Files.walk(folder.resolve("archive"))) {
            objects = all.filter(Files::isRegularFile).toList();
        }
        for (Path object : objects) {
            Files.move(object, object.resolveSibling("kept"));
            Files.writeString(object, Files.readString(object.resolveSibling("kept")) + " ");
        }
        assertThat(run(3, "archive", "restore", "job#j2", "--reason", "Ticket 2"))
                .contains("was altered");
        assertThat(run(3, "story", "job#j2")).contains("was altered");
        for (Path object : objects) {
            Files.delete(object);
            Files.move(object.resolveSibling("kept"), object);
        }
        assertThat(run(0, "archive", "restore", "job#j2", "--reason", "Ticket 2"))
                .contains("is in the event table again");
        assertThat(calls.send("/fieldops/jobs/j2/cancel", "{'reason': 'The customer moved again.'}")
                        .statusCode())
                .isNotEqualTo(410);
        assertThat(run(0, "story", "fieldops/operator#archive")).contains("Ticket 2");
        assertThat(run(0, "archive", "fieldops")).contains("0 closed, 0 archived");
        assertThat(metrics()).doesNotContainPattern("storyline_altered_commits_total\\{[^}]*} [1-9]");
    }
}
