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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Explains on a running cloud why a child is on the naughty list: its wish was rejected, naughty children heard of it, and
 * told it back.
 */
class StoryTest {
    @TempDir
    private static Path folder;

    private static LocalCloud cloud;

    @BeforeAll
    static void start() throws Exception {
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, folder).of(CloudProcess.CONTEXTS));
        HttpCalls calls = HttpCalls.to(cloud.baseUri());
        assertThat(calls.wish("max", "first-key", "a kite").statusCode()).isEqualTo(201);
        assertThat(calls.wish("max", "second-key", "a gun").statusCode()).isEqualTo(422);
        Eventually.within(
                Duration.ofSeconds(30),
                () -> calls.get("/wishes/naughty-list").path("children").size() == 1);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static String run(int status, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.toString(), "--contexts", String.join(",", CloudProcess.CONTEXTS)));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Session session = new Session(Repository.root(), out, out, false, Map.of(), false);
        assertThat(Storyline.run(session, all.toArray(String[]::new)))
                .as("%s", output)
                .isEqualTo(status);
        return output.toString(StandardCharsets.UTF_8);
    }

    private static List<JsonNode> lines(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run(0, all.toArray(String[]::new)).lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        return lines;
    }

    @Test
    void a_story_tells_what_when_who_and_why() throws Exception {
        List<JsonNode> events = lines("story", "child#max");
        assertThat(events)
                .extracting(event -> event.path("type").asText())
                .containsExactly("WishApproved", "WishRejected", "BecameNaughty", "WishCancelled");
        assertThat(events.get(1).path("rule").asText()).isEqualTo("naughty-wish");
        assertThat(events.get(1).path("command").asText()).isEqualTo("second-key");
        assertThat(events.get(2).path("correlation").asText()).isEqualTo("second-key");
        assertThat(events.get(2).path("causation").asText()).startsWith("naughtychildren/");
        assertThat(run(0, "story", "wishes/child#max"))
                .contains(
                        "wishes/child#max",
                        "2  WishRejected  ",
                        "rejected by naughty-wish: The wish is a naughty one.");
    }

    @Test
    void a_state_is_that_of_the_moment_whether_a_view_or_a_command_folds_it() throws Exception {
        JsonNode view = lines("story", "child#max", "--at", "1", "--fold", "child-wishes")
                .getLast();
        assertThat(view.path("version").asLong()).isEqualTo(1);
        assertThat(view.path("rows"))
                .anyMatch(row -> row.path("fields").path("wish").asText().equals("a kite"))
                .noneMatch(row -> row.path("fields").path("wish").asText().equals("a gun"));
        JsonNode later = lines("story", "child#max", "--at", "2", "--fold", "child-wishes")
                .getLast();
        assertThat(later.path("rows"))
                .anyMatch(row -> row.path("fields").path("wish").asText().equals("a gun"));
        JsonNode decider =
                lines("story", "child#max", "--fold", "wishes/mark-naughty").getLast();
        assertThat(decider.path("version").asLong()).isEqualTo(4);
        assertThat(decider.has("state")).isTrue();
        assertThat(decider.path("fold").asText()).isEqualTo("wishes/mark-naughty");
    }

    @Test
    void an_instant_ends_the_story_before_what_was_decided_later() throws Exception {
        String second = lines("story", "child#max").get(1).path("at").asText();
        assertThat(lines("story", "child#max", "--at", second)).hasSize(2);
    }

    @Test
    void the_causes_of_an_event_go_up_and_down_across_contexts() throws Exception {
        JsonNode first =
                lines("story", "child#max", "--causes").getLast().path("causes").path("first");
        assertThat(first.path("command").asText()).isEqualTo("second-key");
        JsonNode rejected = first.path("events").get(0);
        assertThat(rejected.path("type").asText()).isEqualTo("WishRejected");
        JsonNode listed = rejected.path("caused").get(0);
        assertThat(listed.path("context").asText()).isEqualTo("naughtychildren");
        assertThat(listed.path("public").asBoolean()).isTrue();
        JsonNode told = listed.path("events").get(0).path("caused").get(0);
        assertThat(told.path("context").asText()).isEqualTo("wishes");
        assertThat(told.path("events").get(1).path("asked").asBoolean()).isTrue();
        assertThat(run(0, "story", "naughty-child#max", "--causes"))
                .contains(
                        "child#max@2  WishRejected",
                        "naughty-child#max@1  ChildListed  <- asked",
                        "child#max@3  BecameNaughty");
    }

    @Test
    void events_are_found_by_type_field_time_and_conversation() throws Exception {
        assertThat(lines("find", "--type", "WishRejected")).hasSize(2);
        assertThat(lines("find", "--where", "childId=max", "--where", "reason=naughty-wish"))
                .first()
                .extracting(event -> event.path("stream").asText())
                .isEqualTo("child#max");
        assertThat(lines("find", "--correlation", "second-key", "--read-units", "1000"))
                .extracting(event -> event.path("context").asText())
                .startsWith("wishes")
                .contains("naughtychildren");
        assertThat(run(0, "find", "--since", "1h", "--limit", "1")).contains("1 found, and there may be more");
        assertThat(run(0, "find", "--type", "Nothing")).contains("Nothing is found; ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "3 | story child#nobody | There is no stream 'child#nobody' in logistics, naughtychildren, wishes.",
                "3 | story max | The stream 'max' must be a category and an id with '#' between them, like child#simo.",
                "3 | story child#max --at 9 | The stream wishes/child#max has 4 events, and no version 9.",
                "2 | story child#max --at soon | 'soon' is neither a version, like 7, nor an instant,",
                "2 | story child#max --fold child-wihses | There is no slice that folds 'wishes/child-wihses'. Did you mean"
                        + " 'wishes/child-wishes'?",
                "2 | story child#max --fold logistics/order-present | The slice logistics/order-present folds no stream of"
                        + " wishes.",
                "2 | story child#max --causes --read-units 0 | A ceiling of read units is a number from 1 to 1000000, not"
                        + " '0'.",
                "2 | find | Say what to find: --type, --since, --where or --correlation.",
                "2 | find --type X --limit 0 | A limit is a number from 1 to 10000, not '0'.",
                "2 | find --since yesterday | 'yesterday' is neither an instant,",
                "2 | find --where childId | "
            })
    void what_cannot_be_done_is_said_in_one_sentence(int status, String command, String sentence) {
        assertThat(run(status, command.split(" "))).contains(sentence == null ? "" : sentence);
    }
}
