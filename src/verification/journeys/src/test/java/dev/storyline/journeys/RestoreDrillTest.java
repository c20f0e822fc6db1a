package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The restore drill of a running cloud: what was restored is folded, compared with every view, and deleted again. */
class RestoreDrillTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String EVENTS = "storyline-dev-wishes-events";
    private static final String WELL = "Nothing needs a person now.";

    @TempDir
    private static Path folder;

    private static Path repository;
    private static Path data;
    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() throws IOException {
        data = folder.resolve("data");
        repository = ShortWaits.repository(folder.resolve("repository"));
        cloud = LocalCloud.start(new LocalCloud.Options(repository, 0, data).of(ContextSelection.alone("wishes")));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static String on(Path directory, int status, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
        Session session = new Session(
                repository, new PrintStream(output, true, StandardCharsets.UTF_8), err, false, Map.of(), false);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", directory.toString()));
        assertThat(Storyline.run(session, all.toArray(String[]::new)))
                .as("%s\n%s", output, errors)
                .isEqualTo(status);
        return status > 1 ? errors.toString(StandardCharsets.UTF_8) : output.toString(StandardCharsets.UTF_8);
    }

    private static String run(int status, String... arguments) {
        return on(data, status, arguments);
    }

    /** Makes wishes, and waits until every slice has applied them. */
    private static void wish(String child, int wishes) throws Exception {
        for (int i = 1; i <= wishes; i++) {
            assertThat(calls.wish(child, child + "-" + i, "wish " + i).statusCode())
                    .isEqualTo(201);
        }
        Eventually.within(
                SOON,
                () -> Json.mapper()
                        .readTree(run(0, "status", "--json"))
                        .path("slices")
                        .valueStream()
                        .allMatch(slice -> slice.path("behind").asLong() == 0));
    }

    private static void delete(DynamoDbClient dynamo, String table, String partition, String sort) {
        dynamo.deleteItem(delete -> delete.tableName(table)
                .key(Map.of("pk", AttributeValue.fromS(partition), "sk", AttributeValue.fromS(sort))));
    }

    private static boolean isRestored() {
        return cloud.dynamo().listTables().tableNames().contains(EVENTS + "-restored");
    }

    private static JsonNode slice(JsonNode report, String name) {
        return report.path("slices")
                .valueStream()
                .filter(slice -> slice.path("slice").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_drill_at_rest_folds_every_stream_finds_nothing_leaves_nothing_and_is_signed() throws Exception {
        wish("ann", 3);
        wish("bob", 2);
        assertThat(run(0, "restore-check"))
                .contains("Restore drill by " + System.getProperty("user.name"), EVENTS + ", latest: ", WELL)
                .containsPattern("wishes/child-wishes  [2-9]\\d* streams folded: nothing to do")
                .containsPattern("wishes/publish-wish-updates  [2-9]\\d* streams folded: nothing to do")
                .containsPattern("Signed: [0-9a-f]{64}");
        assertThat(isRestored()).isFalse();
        ObjectNode report = (ObjectNode) Json.mapper().readTree(run(0, "restore-check", "--json"));
        JsonNode table = report.path("tables").path(0);
        assertThat(table.path("events").asLong()).isGreaterThanOrEqualTo(5);
        String digest = table.path("digest").asText();
        assertThat(digest).matches("[0-9a-f]{64}");
        String signature = report.remove("signature").asText();
        assertThat(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(report.toString().getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(signature);
        wish("cleo", 1);
        assertThat(Json.mapper()
                        .readTree(run(0, "restore-check", "--json"))
                        .path("tables")
                        .path(0)
                        .path("digest")
                        .asText())
                .isNotEqualTo(digest);
    }

    @Test
    void a_restore_to_an_earlier_moment_says_slice_by_slice_what_is_to_be_rebuilt_or_restored_with_it()
            throws Exception {
        wish("dan", 1);
        Instant moment = Instant.now();
        wish("dan-later", 2);
        String report = run(0, "restore-check", "--at", moment.toString());
        assertThat(report)
                .contains(
                        EVENTS + " as of " + moment,
                        "child#dan-later ahead: The restored table does not have the stream")
                .containsPattern("wishes/child-wishes .* ahead: after a restore: rebuild it")
                .containsPattern("wishes/publish-wish-updates .* ahead: after a restore: restore its table to the same")
                .contains(WELL);
    }

    @Test
    void a_row_that_somebody_removed_needs_a_person_until_the_view_is_rebuilt() throws Exception {
        wish("eve", 2);
        JsonNode before = Json.mapper().readTree(run(0, "restore-check", "--json"));
        assertThat(slice(before, "wishes/wish-by-id").path("differing").asLong())
                .isZero();
        Map<String, AttributeValue> row =
                cloud.dynamo().scan(scan -> scan.tableName("storyline-dev-wishes-wish-by-id")).items().stream()
                        .filter(item -> item.toString().contains("eve")
                                && !text(item, "sk").startsWith("@"))
                        .findFirst()
                        .orElseThrow();
        delete(cloud.dynamo(), "storyline-dev-wishes-wish-by-id", text(row, "pk"), text(row, "sk"));
        assertThat(run(1, "restore-check"))
                .containsPattern("wishes/wish-by-id .* 1 differing: now: rebuild it")
                .contains("child#eve differing: The row ", "Something needs a person now.");
        run(0, "rebuild", "wishes/wish-by-id");
        assertThat(run(0, "restore-check")).contains(WELL);
    }

    @Test
    void a_copy_of_another_history_is_found_by_the_commit_at_the_position_and_the_copy_stays_as_it_is()
            throws Exception {
        wish("fay", 1);
        Path copy = folder.resolve("copy");
        try (LocalDatabase tables = LocalDatabase.open(copy)) {
            tables.create(cloud.deployment().tables());
            tables.client()
                    .putItem(put -> put.tableName(EVENTS)
                            .item(CommitItem.of(new Commit(
                                    new StreamId("child", "fay"),
                                    1,
                                    "another-history",
                                    Instant.now(),
                                    List.of(new StoredEvent(
                                            "WishApproved",
                                            1,
                                            false,
                                            "{\"wishId\":\"w1\",\"childId\":\"fay\",\"wish\":\"a bell\"}")),
                                    new CommitMetadata("somebody", "by-hand", null, null, null)))));
        }
        String report = run(1, "restore-check", "--from", copy.toString());
        assertThat(report)
                .contains(EVENTS + " of " + copy + ", latest: 1 streams, 1 commits, 1 events")
                .contains("child#fay foreign: The commit at the position 1 is ", "it is another-history")
                .containsPattern(
                        "wishes/child-wishes .* 1 foreign: now: rebuild it, its positions are of another history")
                .containsPattern("wishes/publish-wish-updates .* now: restore its table");
        assertThat(on(copy, 0, "restore-check", "--contexts", "wishes")).contains("1 behind", WELL);
    }

    @Test
    void a_drill_that_cannot_be_done_is_one_sentence_and_leaves_nothing() {
        assertThat(run(2, "restore-check", "--at", "yesterday")).startsWith("'yesterday' is no instant");
        assertThat(run(2, "restore-check", "--at", "2999-01-01T00:00:00Z")).startsWith("Nothing is restored from the");
        assertThat(run(2, "restore-check", "--drop", "--keep")).startsWith("--drop only deletes");
        assertThat(run(2, "restore-check", "--read-units", "0")).startsWith("A ceiling of read units");
        assertThat(run(3, "restore-check", "--from", folder.resolve("nowhere").toString()))
                .contains("There is no data directory ");
        assertThat(run(3, "restore-check", "--from", data.toString())).contains("A local cloud runs on ");
        assertThat(isRestored()).isFalse();
        assertThat(run(0, "restore-check", "--keep", "--read-units", "100000")).contains("; kept as " + EVENTS);
        assertThat(isRestored()).isTrue();
        assertThat(run(3, "restore-check")).startsWith("There is a table " + EVENTS + "-restored already: ");
        assertThat(run(0, "restore-check", "--drop")).isEqualTo("Deleted: " + EVENTS + "-restored.\n");
        assertThat(isRestored()).isFalse();
        assertThat(run(0, "restore-check", "--drop")).isEqualTo("There are no restored tables.\n");
    }

    @Test
    void a_replay_shows_what_each_event_makes_a_view_and_an_event_handler_do_and_does_nothing() throws Exception {
        wish("gil", 2);
        String before = run(0, "story", "child#gil");
        assertThat(run(0, "replay", "wishes/child-wishes", "child#gil"))
                .contains("1  WishApproved\n    put ", "2  WishApproved")
                .endsWith("Version 2 is reached. Nothing was written, and no effect has run.\n");
        assertThat(run(0, "replay", "wishes/publish-wish-updates", "wishes/child#gil", "--from", "2"))
                .startsWith("2  WishApproved\n    publish wishes/publish-wish-updates/child#gil@2/")
                .doesNotContain("1  WishApproved");
        assertThat(run(0, "replay", "wishes/child-wishes", "child#gil", "--to", "1", "--json"))
                .contains("{\"version\":1,\"type\":\"WishApproved\",\"does\":[", "{\"version\":1}\n");
        assertThat(run(0, "story", "child#gil")).isEqualTo(before);
        assertThat(run(2, "replay", "wishes/child-wishes", "child#gil", "--from", "0"))
                .startsWith("A replay goes from");
        assertThat(run(3, "replay", "wishes/child-wishes", "gil")).contains("must be a category and an id");
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute).s();
    }
}
