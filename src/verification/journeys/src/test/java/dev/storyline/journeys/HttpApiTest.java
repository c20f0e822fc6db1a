package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.edge.HttpReply;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What all routes of all contexts have in common, over real HTTP. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HttpApiTest {
    private static LocalCloud cloud;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        cloud.close();
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.baseUri() + path))
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private static HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.mapper().readTree(response.body());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static EventStore store(String context) {
        String table = cloud.deployment().tables().stream()
                .map(one -> one.name())
                .filter(name -> name.endsWith("-" + context + "-events"))
                .findFirst()
                .orElseThrow();
        return new DynamoDbEventStore(cloud.dynamo(), table);
    }

    private static void append(StreamId stream, long version, List<StoredEvent> events) {
        store("wishes")
                .append(new Commit(
                        stream,
                        version,
                        stream + "-" + version,
                        Instant.EPOCH,
                        events,
                        new CommitMetadata("tester", "conversation", null, null, null)));
    }

    private static String atLeast(HttpResponse<String> written) throws IOException {
        JsonNode answer = json(written);
        String stream = URLEncoder.encode(answer.path("stream").asText(), StandardCharsets.UTF_8);
        return "atLeast=" + stream + "@" + answer.path("version").asLong();
    }

    /** Characters that take three and four bytes of an answer. */
    static Stream<Arguments> texts() {
        return Stream.of(Arguments.of("chinese", "\u6211", 1_600), Arguments.of("quotes", "\"", 1_600));
    }

    /** The last test, because the feeds of all views follow what it writes. */
    @ParameterizedTest
    @MethodSource("texts")
    @Order(Integer.MAX_VALUE)
    void no_answer_exceeds_what_lambda_returns_and_its_pages_show_everything_once(
            String child, String character, int wishes) {
        StreamId stream = new StreamId("child", child);
        reject(stream, wishes, character.repeat(2_000));
        ObjectNode event = Json.mapper().createObjectNode().put("isBase64Encoded", false);
        List<String> shown = new ArrayList<>();
        event.putObject("pathParameters").put("childId", child);
        int pages = pages(
                "child-wishes",
                event.put("rawPath", "/"),
                "strong",
                body -> body.path("wishes")
                        .forEach(wish -> shown.add(wish.path("wishId").asText())));
        assertThat(shown)
                .isEqualTo(
                        IntStream.rangeClosed(1, wishes).mapToObj(n -> "w" + n).toList());
        assertThat(pages).isBetween(2, 4);

        List<String> told = new ArrayList<>();
        event.putObject("pathParameters").put("streamId", stream.toString());
        pages(
                "wishes/stream-story",
                event,
                "eventual",
                body -> body.path("events")
                        .forEach(one -> told.add(one.path("data").path("wishId").asText())));
        assertThat(told).isEqualTo(shown);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void a_list_without_a_limit_shows_a_thousand_rows_at_once() {
        StreamId stream = new StreamId("child", "many");
        reject(stream, 1_050, "much");
        ObjectNode event = Json.mapper().createObjectNode().put("isBase64Encoded", false);
        event.put("rawPath", "/").putObject("pathParameters").put("childId", "many");
        List<Integer> sizes = new ArrayList<>();
        pages(
                "child-wishes",
                event,
                "strong",
                body -> sizes.add(body.path("wishes").size()));
        assertThat(sizes).containsExactly(1_000, 50);
    }

    /** Appends wishes, w1 and on, that were all rejected; fifty are one commit. */
    private static void reject(StreamId stream, int wishes, String text) {
        for (int version = 1; version <= wishes; version += 50) {
            append(
                    stream,
                    version,
                    IntStream.range(version, version + 50)
                            .mapToObj(number -> rejected(stream.id(), "w" + number, text))
                            .toList());
        }
    }

    private static StoredEvent rejected(String child, String wish, String text) {
        ObjectNode data = Json.mapper().createObjectNode();
        data.put("wishId", wish)
                .put("childId", child)
                .put("wish", text)
                .put("reason", "naughty-wish")
                .put("at", "2020-01-01T00:00:00Z");
        return new StoredEvent("WishRejected", 1, false, data.toString());
    }

    /** Reads all pages of a query as the function returns them, and measures each whole answer. */
    private static int pages(String function, ObjectNode event, String consistency, Reader reader) {
        String next = "";
        int pages = 0;
        for (; next != null; pages++) {
            ObjectNode parameters = event.putObject("queryStringParameters");
            parameters.put("consistency", consistency);
            if (!next.isEmpty()) {
                parameters.put("after", next);
            }
            JsonNode answer = cloud.invoke(function, event);
            assertThat(answer.path("statusCode").asInt())
                    .as(answer.path("body").asText())
                    .isEqualTo(200);
            assertThat(answer.toString().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(HttpReply.MOST_BYTES);
            JsonNode body = read(answer.path("body").asText());
            reader.read(body);
            next = body.path("next").isNull() ? null : body.path("next").asText();
        }
        return pages;
    }

    private interface Reader {
        void read(JsonNode body);
    }

    private static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void a_list_has_as_many_rows_as_its_limit_says_and_a_page_after_it() throws Exception {
        HttpResponse<String> last = post("/wishes/children/lim/wishes", "{'wish': 'one'}");
        for (String wish : List.of("two", "three")) {
            last = post("/wishes/children/lim/wishes", "{'wish': '" + wish + "'}");
        }
        String atLeast = atLeast(last);
        JsonNode first = json(get("/wishes/children/lim?limit=2&" + atLeast));
        assertThat(first.path("wishes")).hasSize(2);
        JsonNode second = json(get("/wishes/children/lim?limit=2&" + atLeast + "&after="
                + URLEncoder.encode(first.path("next").asText(), StandardCharsets.UTF_8)));
        assertThat(second.path("wishes")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(json(get("/wishes/children/lim?limit=3&" + atLeast))
                        .path("next")
                        .isNull())
                .isTrue();
        assertThat(json(get("/wishes/streams/child%23lim?limit=1")).path("events"))
                .hasSize(1);
        assertThat(json(get("/wishes/children/lim?limit=1&consistency=strong")).path("wishes"))
                .hasSize(1);
        for (String wrong : List.of("0", "1001", "-1", "all", "")) {
            HttpResponse<String> response = get("/wishes/children/lim?limit=" + wrong);
            assertThat(response.statusCode()).as(wrong).isEqualTo(400);
            assertThat(json(response).path("errors").path(0).path("problem").asText())
                    .isEqualTo("must be a whole number from 1 to 1000");
        }
        assertThat(json(get("/wishes/children/lim?colour=red")).path("detail").asText())
                .endsWith("known are: after, atLeast, consistency, limit.");
        assertThat(json(get("/wishes/wishes/w1?limit=1")).path("detail").asText())
                .endsWith("known are: atLeast, consistency.");
    }

    @Test
    void whatever_makes_something_answers_201_with_the_location_where_it_can_be_read() throws Exception {
        List<Made> made = List.of(
                new Made("/wishes/children/loc/wishes", "{'wish': 'a kite'}", "wishId"),
                new Made("/fieldops/regions/lo c/open", "{'timeZone': 'Europe/Vienna', 'currency': 'EUR'}", "regionId"),
                new Made(
                        "/fieldops/crews/loc/register",
                        "{'rateClass': 'standard', 'hourlyRate': {'amount': 60, 'currency': 'EUR'}, 'from':"
                                + " '2026-01-01'}",
                        "crewId"),
                new Made(
                        "/fieldops/equipment/loc/register",
                        "{'hourlyRate': {'amount': 12, 'currency': 'EUR'}, 'serviceIntervalHours': 100}",
                        "equipmentId"),
                new Made("/fieldops/jobs/loc/create", job("lo c"), "jobId"),
                new Made("/fieldops/jobs/loc/crews", "{'crewId': 'loc'}", "jobId"),
                new Made(
                        "/fieldops/equipment/loc/uses",
                        "{'jobId': 'loc', 'on': '" + Instant.now().toString().substring(0, 10) + "', 'hours': 2}",
                        "equipmentId"));
        for (Made one : made) {
            HttpResponse<String> response = post(one.path().replace(" ", "%20"), one.body());
            assertThat(response.statusCode()).as(one + " " + response.body()).isEqualTo(201);
            assertThat(json(response).path(one.id()).asText()).isNotEmpty();
            HttpResponse<String> there = get(header(response, "location") + "?" + atLeast(response));
            assertThat(there.statusCode()).as(one + " " + there.body()).isEqualTo(200);
            assertThat(json(there).path(one.id()))
                    .as("%s %s", one, there.body())
                    .isEqualTo(json(response).path(one.id()));
        }
        assertThat(post("/wishes/children/loc/mark-naughty", "{'until': '2040-01-01T00:00:00Z'}")
                        .statusCode())
                .as("nothing is made")
                .isEqualTo(200);
    }

    /** A command that makes something. */
    private record Made(String path, String body, String id) {}

    private static String job(String region) {
        return "{'customer': 'Ada', 'siteAddress': 'here', 'regionId': '" + region + "', 'trade': 'heating',"
                + " 'plannedStart': '" + Instant.now().plusSeconds(7200) + "', 'estimatedHours': 2}";
    }

    @Test
    void every_query_of_one_entity_tells_its_version_from_which_if_match_can_start() throws Exception {
        HttpResponse<String> wish = post("/wishes/children/tag/wishes", "{'wish': 'a drum'}");
        String wishId = json(wish).path("wishId").asText();
        post("/wishes/children/tag/wishes", "{'wish': 'a harp'}");
        post("/fieldops/regions/tag/open", "{'timeZone': 'Europe/Vienna', 'currency': 'EUR'}");
        HttpResponse<String> created = post("/fieldops/jobs/tag/create", job("tag"));
        HttpResponse<String> registered = post(
                "/fieldops/equipment/tag/register",
                "{'hourlyRate': {'amount': 12, 'currency': 'EUR'}, 'serviceIntervalHours': 100}");
        String two = "atLeast=child%23tag@2";
        Map<String, String> versions = new TreeMap<>(Map.of(
                "/wishes/children/tag?" + two,
                "\"2\"",
                "/wishes/children/tag?consistency=strong",
                "\"2\"",
                "/wishes/wishes/" + wishId + "?" + two,
                "\"2\"",
                "/wishes/streams/child%23tag",
                "\"2\"",
                "/wishes/streams/child%23tag?limit=1",
                "\"2\"",
                "/fieldops/jobs/tag?" + atLeast(created),
                "\"1\"",
                "/fieldops/jobs/tag/billing?" + atLeast(created),
                "\"1\"",
                "/fieldops/equipment/tag/usage?" + atLeast(registered),
                "\"1\""));
        for (Map.Entry<String, String> one : versions.entrySet()) {
            HttpResponse<String> response = get(one.getKey());
            assertThat(response.statusCode()).as(one + " " + response.body()).isEqualTo(200);
            assertThat(header(response, "etag")).as(one.getKey()).isEqualTo(one.getValue());
        }
        String cancel = "/wishes/children/tag/wishes/" + wishId + "/cancel";
        assertThat(post(cancel, "{}", "if-match", "\"1\"").statusCode()).isEqualTo(412);
        assertThat(post(cancel, "{}", "if-match", "\"2\"").statusCode()).isEqualTo(200);
    }

    /** The path parameters of every route are values that nothing has. */
    @Test
    void what_does_not_exist_is_404_at_every_query() throws Exception {
        JsonNode document = json(get("/openapi.json"));
        int asked = 0;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode query = path.getValue().path("get");
            if (query.isMissingNode() || !path.getKey().contains("{")) {
                continue;
            }
            StringBuilder url = new StringBuilder(
                    path.getKey().replace("{streamId}", "child%23nobody").replaceAll("\\{[^}]+}", "nobody"));
            char before = '?';
            for (JsonNode parameter : query.path("parameters")) {
                if (parameter.path("in").asText().equals("query")
                        && parameter.path("required").asBoolean()) {
                    JsonNode schema = parameter.path("schema");
                    String value = schema.has("enum")
                            ? schema.path("enum").path(0).asText()
                            : schema.path("format").asText().equals("date") ? "2026-12-24" : "x";
                    url.append(before)
                            .append(parameter.path("name").asText())
                            .append('=')
                            .append(value);
                    before = '&';
                }
            }
            HttpResponse<String> response = get(url.toString());
            assertThat(response.statusCode()).as(url + " " + response.body()).isEqualTo(404);
            assertThat(json(response).path("type").asText()).isEqualTo("urn:storyline:problem:unknown");
            asked++;
        }
        assertThat(asked).isGreaterThan(9);
    }

    @Test
    void a_list_of_something_that_exists_may_be_empty() throws Exception {
        post("/fieldops/regions/empty/open", "{'timeZone': 'Europe/Vienna', 'currency': 'EUR'}");
        HttpResponse<String> board = get("/fieldops/regions/empty/jobs?day=2026-12-24&state=open");
        assertThat(board.statusCode()).isEqualTo(200);
        assertThat(json(board).path("jobs")).isEmpty();
    }

    @Test
    void no_command_takes_a_parameter_in_the_query() throws Exception {
        JsonNode document = json(get("/openapi.json"));
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (path.getValue().has("post")) {
                HttpResponse<String> response =
                        post(path.getKey().replaceAll("\\{[^}]+}", "nobody") + "?dryRun=true", "{}");
                assertThat(response.statusCode()).as(path.getKey()).isEqualTo(400);
                assertThat(json(response).path("errors").findValuesAsText("field"))
                        .as(path.getKey())
                        .contains("dryRun");
            }
        }
    }

    @Test
    void a_strong_query_of_an_outdated_slice_is_503() throws Exception {
        post("/wishes/children/old/wishes", "{'wish': 'a lamp'}");
        append(new StreamId("child", "old"), 2, List.of(new StoredEvent("WishTurnedToGold", 1, true, "{}")));
        HttpResponse<String> response = get("/wishes/children/old?consistency=strong");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).path("type").asText()).isEqualTo("urn:storyline:problem:slice-outdated");
    }

    @ParameterizedTest
    @CsvSource({
        "/wishes/children/beyond, child%23beyond@2, 1",
        "/wishes/children/beyond, child%23beyond@900000000000000000, 1",
        "/wishes/children/beyond?consistency=strong, child%23beyond@2, 1",
        "/wishes/naughty-list, child%23nobody@1, 0",
        "/wishes/streams/child%23beyond, child%23beyond@2, 1"
    })
    void a_version_beyond_the_end_of_its_stream_is_told_at_once(String path, String atLeast, int head)
            throws Exception {
        post("/wishes/children/beyond/wishes", "{'wish': 'a map'}", "idempotency-key", "beyond");
        HttpResponse<String> response = get(path + (path.contains("?") ? "&" : "?") + "atLeast=" + atLeast);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(json(response).path("type").asText()).isEqualTo("urn:storyline:problem:no-such-version");
        assertThat(json(response).path("version").asInt()).isEqualTo(head);
    }

    @Test
    void each_context_serves_its_document_and_the_local_cloud_one_for_all() throws Exception {
        JsonNode all = json(get("/openapi.json"));
        int paths = 0;
        for (String context : List.of(
                "wishes",
                "fieldops",
                "inventory",
                "catalogue",
                "orders",
                "accounting",
                "logistics",
                "maintenance",
                "naughtychildren")) {
            HttpResponse<String> response = get("/" + context + "/openapi.json");
            assertThat(response.body())
                    .isEqualTo(Files.readString(Repository.root().resolve("infra/openapi/" + context + ".json")));
            paths += json(response).path("paths").size();
        }
        assertThat(all.path("paths")).hasSize(paths);
        assertThat(all.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(all.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void every_path_that_ends_in_an_id_tells_a_version_and_every_list_has_a_limit() throws Exception {
        JsonNode document = json(get("/openapi.json"));
        int entities = 0;
        int lists = 0;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode query = path.getValue().path("get");
            if (query.isMissingNode()) {
                continue;
            }
            JsonNode found = query.path("responses").path("200");
            if (path.getKey().endsWith("}")) {
                assertThat(found.path("headers").has("ETag")).as(path.getKey()).isTrue();
                entities++;
            }
            String schema = found.at("/content/application~1json/schema/$ref").asText();
            if (document.at(schema.substring(1)).path("properties").has("next")) {
                assertThat(query.path("parameters").findValuesAsText("$ref"))
                        .as(path.getKey())
                        .contains("#/components/parameters/limit");
                lists++;
            }
        }
        assertThat(entities).isGreaterThan(4);
        assertThat(lists).isGreaterThan(4);
    }

    @Test
    void every_kind_of_problem_has_an_entry_on_the_page_that_it_links_to() throws Exception {
        HttpResponse<String> problem = get("/wishes/children/nobody");
        String page = header(problem, "link").replaceFirst("<([^#>]+)#[^>]*>; rel=\"help\"", "$1");
        String text = get(page).body();
        List<String> types = json(get("/openapi.json")).at("/components/responses").findValues("enum").stream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asText)
                .toList();

        assertThat(types)
                .hasSizeGreaterThan(20)
                .allSatisfy(type ->
                        assertThat(text).contains("## " + type.substring("urn:storyline:problem:".length()) + "\n"));
        assertThat(header(get("/nowhere"), "link").toLowerCase(Locale.ROOT)).contains(page + "#no-route");
    }
}
