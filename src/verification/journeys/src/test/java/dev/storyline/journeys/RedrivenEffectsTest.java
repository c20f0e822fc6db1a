package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.Storyline;
import dev.storyline.cli.common.Session;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that an operator's commands lose no effect: accounting is out of order while a job is completed, and told later,
 * by a redrive through the running cloud or on its data directory.
 */
class RedrivenEffectsTest {
    /** Five failed deliveries with growing pauses park a stream; a circuit breaker rests for ten seconds. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String SLICE = "fieldops/bill-completed-jobs";

    @TempDir
    private Path data;

    private record Ran(int status, String output) {}

    private Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Session session = new Session(Repository.root(), out, out, false, Map.of(), false);
        int status = Storyline.run(session, all.toArray(String[]::new));
        return new Ran(status, output.toString(StandardCharsets.UTF_8));
    }

    private LocalCloud start(Map<String, String> parameters) {
        return LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, data)
                .of("fieldops", "maintenance")
                .with(parameters));
    }

    private static void complete(FieldOpsCalls calls, String job) throws Exception {
        calls.createJob(job, "2027-03-01T07:00:00Z", "3");
        calls.post("jobs/" + job + "/crews", "{'crewId': 'red'}");
        calls.post(
                "jobs/" + job + "/complete",
                "{'at': '" + Instant.now() + "', 'crewHours': [{'crewId': 'red', 'hours': 2}], 'note': 'Done'}");
    }

    private void assertParked(String job, String kind) {
        Eventually.within(SOON, () -> assertThat(run("parked", SLICE).output()).contains("job#" + job, kind));
    }

    private void assertRedriven() {
        Eventually.within(
                SOON,
                () -> assertThat(run("redrive", SLICE).output()).contains("1 of 1 parked streams are at their heads"));
        assertThat(run("parked", SLICE).output()).contains("Nothing is parked.");
    }

    private static List<String> told(AccountingStandIn accounting) {
        return accounting.entries().stream()
                .map((JsonNode entry) -> entry.path("jobId").asText())
                .sorted()
                .toList();
    }

    @Test
    void what_waited_for_accounting_is_told_by_a_redrive_beside_the_cloud_and_on_its_data_alone() throws Exception {
        try (AccountingStandIn accounting = AccountingStandIn.start()) {
            accounting.goDown(503);
            try (LocalCloud cloud = start(Map.of("AccountingUrl", accounting.url()))) {
                FieldOpsCalls calls = FieldOpsCalls.to(cloud);
                calls.openNorth();
                calls.registerCrew("red", "standard", "60", "2026-01-01");
                complete(calls, "1");
                assertParked("1", "transient");
                accounting.comeBack();
                assertRedriven();
                assertThat(told(accounting)).containsExactly("1");
                assertThat(run("reconcile", SLICE).output()).contains(" 0 behind");
            }
            accounting.goDown(410);
            // A restart without the parameter: the directory keeps it.
            try (LocalCloud cloud = start(Map.of())) {
                complete(FieldOpsCalls.to(cloud), "2");
                assertParked("2", "poison");
            }
            accounting.comeBack();
            assertRedriven();
            assertThat(told(accounting)).containsExactly("1", "2");
        }
    }

    @Test
    void the_access_to_a_running_cloud_is_its_owners() throws Exception {
        try (LocalCloud cloud = start(Map.of())) {
            assertThat(cloud.deployment().uncalled()).isEqualTo(Map.of(SLICE, List.of("accounting")));
            assertThat(Files.getPosixFilePermissions(data.resolve("running"))).hasSize(2);
            assertThat(run("parked").output()).contains("Nothing is parked.");
            String access = Files.readString(data.resolve("running"));
            Files.writeString(data.resolve("running"), access.replaceAll("\"key\":\"..", "\"key\":\"zz"));
            Ran refused = run("parked");
            assertThat(refused.output()).contains("does not know the credentials");
            assertThat(refused.status()).isEqualTo(3);
        }
        assertThat(data.resolve("running")).doesNotExist();
    }
}
