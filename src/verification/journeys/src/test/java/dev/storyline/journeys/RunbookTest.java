package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.Storyline;
import dev.storyline.cli.common.Session;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.ContextSelection;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator who has only the runbook: the commands of its sections are run as they stand there, with the names of the case
 * in place of CONTEXT/SLICE and ENTRY.
 */
class RunbookTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern COMMAND =
            Pattern.compile("`((?:\\./storyline|curl) [^`]+)`|^(\\./storyline .+)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    private Path folder;

    /** The commands of a section, in their order. */
    private static List<String> commands(String section) throws IOException {
        String text = Files.readString(Repository.root().resolve("docs/runbook.md"));
        int begin = text.indexOf("\n## " + section + "\n");
        assertThat(begin).as("the section '%s'", section).isNotNegative();
        int end = text.indexOf("\n## ", begin + 1);
        List<String> commands = new ArrayList<>();
        Matcher matcher = COMMAND.matcher(text.substring(begin, end < 0 ? text.length() : end));
        while (matcher.find()) {
            commands.add((matcher.group(1) == null ? matcher.group(2) : matcher.group(1)).replaceAll("\\s+", " "));
        }
        return commands;
    }

    /** The first command of a section that begins so. */
    private static String command(String section, String begin) throws IOException {
        List<String> commands = commands(section);
        return commands.stream()
                .filter(command -> command.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No '" + begin + "' among " + commands));
    }

    /** Runs a command line of the runbook on a cloud. */
    private static String run(LocalCloud cloud, int status, String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command.substring("./storyline ".length()));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        words.addAll(List.of("--port", String.valueOf(cloud.baseUri().getPort())));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Session session = new Session(Repository.root(), out, out, false, Map.of(), false);
        assertThat(Storyline.run(session, words.toArray(String[]::new)))
                .as("%s: %s", command, output)
                .isEqualTo(status);
        return output.toString(StandardCharsets.UTF_8);
    }

    private static void put(LocalCloud cloud, long version, String type, String data) {
        cloud.dynamo()
                .putItem(put -> put.tableName("storyline-dev-wishes-events")
                        .item(CommitItem.of(new Commit(
                                new StreamId("child", "simo"),
                                version,
                                "by-hand-" + version,
                                Instant.now(),
                                List.of(new StoredEvent(type, 1, false, data)),
                                new CommitMetadata("somebody", "by-hand", null, null, null)))));
    }

    @Test
    void a_stream_with_a_poison_event_moves_again() throws Exception {
        Path repository = ShortWaits.repository(folder.resolve("repository"));
        try (LocalCloud cloud =
                LocalCloud.start(new LocalCloud.Options(repository, 0, null).of(ContextSelection.alone("wishes")))) {
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            assertThat(calls.wish("simo", "k1", "a kite").statusCode()).isEqualTo(201);
            put(cloud, 2, "WishFulfilled", "{\"wishId\":\"\",\"childId\":\"simo\"}");
            put(cloud, 3, "WishApproved", "{\"wishId\":\"w3\",\"childId\":\"simo\",\"wish\":\"a ball\"}");
            String parked = command("A stream is parked", "./storyline parked");
            Eventually.within(
                    SOON,
                    () -> assertThat(run(cloud, 0, parked))
                            .containsPattern("wishes/child-wishes +child#simo +at version 2"));
            assertThat(run(cloud, 1, command("A stream is parked", "./storyline redrive")))
                    .contains("child#simo still stands at version 2");
            assertThat(run(cloud, 0, command("A stream is parked", "./storyline parked wishes/child-wishes")))
                    .contains("then: ChildWishes");
            assertThat(run(cloud, 0, command("A commit must be skipped", "./storyline skip")))
                    .contains("child#simo is at its head, version 3.");
            assertThat(run(cloud, 0, command("A commit must be skipped", "./storyline parked --skipped")))
                    .contains("Ticket 4711: recorded twice by the migration");
            assertThat(calls.get("/wishes/children/simo").path("wishes")).hasSize(2);
            calls.client().close();
        }
    }

    @Test
    void a_view_whose_table_was_deleted_comes_back() throws Exception {
        Path repository = ShortWaits.repository(folder.resolve("repository"));
        LocalCloud.Options options =
                new LocalCloud.Options(repository, 0, folder.resolve("data")).of(ContextSelection.alone("wishes"));
        JsonNode before;
        try (LocalCloud cloud = LocalCloud.start(options)) {
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            for (int i = 1; i <= 5; i++) {
                assertThat(calls.wish("child" + i, "k" + i, "a kite").statusCode())
                        .isEqualTo(201);
            }
            Eventually.within(SOON, () -> calls.status("/wishes/children/child5") == 200);
            before = calls.get("/wishes/children/child1?atLeast=child%23child1@1");
            cloud.dynamo().deleteTable(delete -> delete.tableName("storyline-dev-wishes-child-wishes"));
            calls.client().close();
        }
        try (LocalCloud cloud = LocalCloud.start(options)) {
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            String section = "The table of a view is gone";
            String slice = "wishes/child-wishes";
            assertThat(run(cloud, 0, command(section, "./storyline rebuild").replace("CONTEXT/SLICE", slice)))
                    .contains("is served from generation");
            assertThat(run(cloud, 0, command(section, "./storyline reconcile").replace("CONTEXT/SLICE", slice)))
                    .contains(" 0 behind");
            assertThat(calls.get("/wishes/children/child1")).isEqualTo(before);
            calls.client().close();
        }
    }

    @Test
    void a_wrong_balance_is_explained_to_its_first_cause() throws Exception {
        Path repository = ShortWaits.repository(folder.resolve("repository"));
        try (LocalCloud cloud = LocalCloud.start(
                new LocalCloud.Options(repository, 0, null).of("accounting", "fieldops", "maintenance"))) {
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            post(
                    calls,
                    "/fieldops/regions/vat/open",
                    "{'timeZone': 'Europe/Vienna', 'currency': 'EUR', 'taxRate': 0.2}");
            post(
                    calls,
                    "/fieldops/crews/red/register",
                    "{'rateClass': 'standard', 'hourlyRate': {'amount': 60, 'currency': 'EUR'}, 'from': '2026-01-01'}");
            post(
                    calls,
                    "/fieldops/jobs/j1/create",
                    "{'customer': 'Bo', 'customerId': 'bo', 'siteAddress': 'here', 'regionId': 'vat', 'trade': 'heating',"
                            + " 'plannedStart': '" + Instant.now().plus(1, ChronoUnit.DAYS)
                            + "', 'estimatedHours': 3}");
            post(calls, "/fieldops/jobs/j1/crews", "{'crewId': 'red'}");
            // Twenty hours in place of two.
            post(calls, "/fieldops/jobs/j1/complete", "{'crewHours': [{'crewId': 'red', 'hours': 20}]}");
            Eventually.within(SOON, () -> balance(calls) == 1440);
            assertExplained(cloud, calls);
            post(
                    calls,
                    "/fieldops/jobs/j1/correct-completion",
                    "{'crewHours': [{'crewId': 'red', 'hours': 2}], 'reason': 'A slip of the pen'}");
            Eventually.within(SOON, () -> balance(calls) == 144);
            calls.client().close();
        }
    }

    private static void assertExplained(LocalCloud cloud, HttpCalls calls) throws Exception {
        String section = "A balance looks wrong";
        assertThat(run(cloud, 0, command(section, "./storyline reconcile"))).contains(" 0 behind");
        assertThat(run(cloud, 0, command(section, "./storyline rebuild accounting/customer-balance --diff")))
                .contains(" 0 differ, 0 are gone, and 0 are new");
        assertThat(run(cloud, 0, command(section, "./storyline rebuild accounting/customer-balance --drop")))
                .contains("is given up");
        String found = run(cloud, 0, command(section, "./storyline find"));
        Matcher entry = Pattern.compile("accounting/entry#(\\S+)@1").matcher(found);
        assertThat(entry.find()).as(found).isTrue();
        String id = entry.group(1);
        assertThat(found).contains("1440");
        String url = command(section, "curl").substring("curl http://127.0.0.1:8080".length());
        JsonNode explained = calls.get(url.replace("ENTRY", id));
        assertThat(explained.path("about").asText()).isEqualTo("job#j1");
        assertThat(explained.path("actor").asText()).isEqualTo("urn:storyline:fieldops");
        assertThat(explained.path("event").asText()).isNotEmpty();
        String tree =
                run(cloud, 0, command(section, "./storyline story accounting").replace("ENTRY", id));
        String causes = tree.substring(tree.indexOf("Causes, from the first one on:"));
        assertThat(causes.lines().skip(1).findFirst().orElseThrow()).matches("fieldops  \\S+  by \\S+, command .*");
        assertThat(causes).containsSubsequence("job#j1@", "JobCompleted", "entry#" + id + "@1  EntryPosted  <- asked");
        String replay = command(section, "./storyline replay").replace("ENTRY", id);
        assertThat(run(cloud, 0, replay)).contains("EntryPosted\n    ", "Nothing was written");
    }

    private static double balance(HttpCalls calls) throws IOException, InterruptedException {
        return calls.status("/accounting/customers/bo/balance") == 200
                ? calls.get("/accounting/customers/bo/balance")
                        .path("balances")
                        .path(0)
                        .path("balance")
                        .path("amount")
                        .asDouble()
                : -1;
    }

    private static void post(HttpCalls calls, String path, String body) throws IOException, InterruptedException {
        assertThat(calls.post(path, body.replace('\'', '"'))).as(path).isIn(200, 201);
    }
}
