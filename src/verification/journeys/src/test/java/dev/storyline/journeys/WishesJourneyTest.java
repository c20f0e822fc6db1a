package dev.storyline.journeys;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the whole story on all slices over real HTTP: children make wishes, logistics delivers presents, and children
 * turn naughty.
 */
class WishesJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static LocalCloud cloud;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(
                new LocalCloud.Options(Repository.root(), 0, null).of("wishes", "naughtychildren", "logistics"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static RequestSpecification request() {
        return given().baseUri(cloud.baseUri().toString())
                .urlEncodingEnabled(false)
                .contentType("application/json");
    }

    private static ValidatableResponse wish(String child, String wish) {
        return request()
                .body("{\"wish\": \"" + wish + "\"}")
                .post("/wishes/children/" + child + "/wishes")
                .then();
    }

    @Test
    void a_wish_goes_from_approval_to_fulfilment_and_every_view_follows() {
        String id = wish("ann", "a red bicycle")
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("stream", equalTo("child#ann"))
                .body("version", equalTo(1))
                .body("events[0].type", equalTo("WishApproved"))
                .body("events[0].data.wish", equalTo("a red bicycle"))
                .extract()
                .path("wishId");
        request()
                .post("/wishes/wishes/" + id + "/fulfil")
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        request()
                .get("/wishes/children/ann?atLeast=child%23ann@2")
                .then()
                .statusCode(200)
                .body("wishes[0].wishId", equalTo(id))
                .body("wishes[0].state", equalTo("fulfilled"))
                .body("wishes[0].reason", nullValue())
                .body("naughtyUntil", nullValue())
                .body("stream", equalTo("child#ann"))
                .body("version", equalTo(2));
        request()
                .get("/wishes/wishes/" + id + "?atLeast=child%23ann@2")
                .then()
                .statusCode(200)
                .body("state", equalTo("fulfilled"))
                .body("childId", equalTo("ann"));
        request()
                .get("/wishes/streams/child%23ann")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("events.type", equalTo(List.of("WishApproved", "WishFulfilled")))
                .body("events[1].actor", equalTo("anonymous"));
        request()
                .body("{}")
                .post("/wishes/wishes/" + id + "/fulfil")
                .then()
                .statusCode(422)
                .body("rule", equalTo("wish-not-open"));
    }

    @Test
    void views_follow_within_a_second_by_themselves() {
        wish("bea", "a ball").statusCode(201);
        Eventually.within(Duration.ofSeconds(5), () -> {
            request().get("/wishes/children/bea").then().statusCode(200).body("wishes[0].state", equalTo("open"));
        });
    }

    @Test
    void the_eleventh_open_wish_is_too_many_and_cancelling_one_makes_room() {
        String first = "";
        for (int i = 1; i <= 10; i++) {
            String id = wish("cid", "wish " + i).statusCode(201).extract().path("wishId");
            first = i == 1 ? id : first;
        }
        wish("cid", "one more")
                .statusCode(422)
                .body("rule", equalTo("too-many-wishes"))
                .body("version", equalTo(11));
        String cancel = "/wishes/children/cid/wishes/" + first + "/cancel";
        request().post(cancel).then().statusCode(200).body("events[0].type", equalTo("WishCancelled"));
        request().post(cancel).then().statusCode(404).body("rule", equalTo("wish-not-found"));
        wish("cid", "one more").statusCode(201);
    }

    @Test
    void a_naughty_wish_bans_and_a_banned_wish_leaves_no_trace() {
        wish("dot", "some POISON, please").statusCode(422).body("rule", equalTo("naughty-wish"));
        wish("dot", "a poisonous frog").statusCode(422).body("rule", equalTo("banned"));
        request()
                .get("/wishes/children/dot?consistency=strong")
                .then()
                .body("wishes.size()", equalTo(1))
                .body("wishes[0].state", equalTo("rejected"))
                .body("wishes[0].reason", equalTo("naughty-wish"))
                .body("version", greaterThanOrEqualTo(1));
    }

    @Test
    void a_child_on_the_naughty_list_loses_its_wishes_and_gets_no_new_ones() {
        wish("eve", "a doll").statusCode(201);
        String until = Instant.now().plusSeconds(3_600).toString();
        String mark = "/wishes/children/eve/mark-naughty";
        request()
                .body("{\"until\": \"" + until + "\"}")
                .post(mark)
                .then()
                .statusCode(200)
                .body("events.type", equalTo(List.of("BecameNaughty", "WishCancelled")))
                .body("version", equalTo(3));
        request()
                .body("{\"until\": \"" + until + "\"}")
                .post(mark)
                .then()
                .statusCode(422)
                .body("rule", equalTo("already-naughty"));
        request()
                .body("{\"until\": \"2020-01-01T00:00:00Z\"}")
                .post(mark)
                .then()
                .statusCode(422)
                .body("rule", equalTo("already-expired"));
        wish("eve", "a pony").statusCode(422).body("rule", equalTo("child-on-naughty-list"));
        request()
                .get("/wishes/naughty-list?atLeast=child%23eve@3")
                .then()
                .statusCode(200)
                .body("children.childId", hasItem("eve"));
    }

    @Test
    void a_naughty_wish_is_told_around_until_the_child_is_on_the_list_and_its_wishes_are_gone() {
        String doll = wish("ida", "a doll").statusCode(201).extract().path("wishId");
        wish("ida", "a gun").statusCode(422).body("rule", equalTo("naughty-wish"));
        HttpCalls calls = HttpCalls.to(cloud.baseUri());
        Eventually.within(SOON, () -> {
            assertThat(calls.get("/wishes/naughty-list").findValuesAsText("childId"))
                    .contains("ida");
            assertThat(calls.get("/wishes/wishes/" + doll).path("state").asText())
                    .isEqualTo("cancelled");
            assertThat(calls.post("/logistics/orders/" + doll + "/deliver", "{}"))
                    .isEqualTo(422);
        });
        request()
                .post("/logistics/orders/" + doll + "/deliver")
                .then()
                .statusCode(422)
                .body("rule", equalTo("order-cancelled"));
    }

    /** The translation's id derives from what anybody knows: the child's name and the first event of its list. */
    @Test
    void a_wish_under_the_id_of_a_later_translation_does_not_keep_a_child_off_the_naughty_list() throws Exception {
        String event = "naughtychildren/publish-naughty-children/naughty-child#lea@1/child-added";
        String foretold = UUID.nameUUIDFromBytes(
                        ("wishes/mark-naughty|urn:storyline:naughtychildren|" + event).getBytes(StandardCharsets.UTF_8))
                .toString();
        HttpCalls calls = HttpCalls.to(cloud.baseUri());
        assertThat(calls.wish("lea", foretold, "a doll").statusCode()).isEqualTo(201);
        wish("lea", "a gun").statusCode(422).body("rule", equalTo("naughty-wish"));
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("/wishes/naughty-list").findValuesAsText("childId"))
                        .contains("lea"));
        assertThat(calls.get("/wishes/streams/child%23lea").findValuesAsText("causation"))
                .as("this is the event whose id was foretold")
                .contains(event);
    }

    @Test
    void an_approved_wish_is_ordered_and_its_delivery_fulfils_it() {
        String kite = wish("jon", "a kite").statusCode(201).extract().path("wishId");
        HttpCalls calls = HttpCalls.to(cloud.baseUri());
        Eventually.within(
                SOON,
                () -> assertThat(calls.post("/logistics/orders/" + kite + "/deliver", "{}"))
                        .isEqualTo(200));
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("/wishes/wishes/" + kite)
                                .path("state")
                                .asText())
                        .isEqualTo("fulfilled"));
    }

    @Test
    void a_retry_under_the_same_key_is_the_same_wish_and_another_request_is_refused() {
        String path = "/wishes/children/fay/wishes";
        String first = request()
                .header("Idempotency-Key", "key-1")
                .body("{\"wish\": \"a kite\"}")
                .post(path)
                .asString();
        String second = request()
                .header("Idempotency-Key", "key-1")
                .header("If-Match", "\"0\"")
                .body("{ \"wish\":\"a kite\" }")
                .post(path)
                .asString();
        assertThat(second).isEqualTo(first);
        request()
                .header("Idempotency-Key", "key-1")
                .body("{\"wish\": \"a whale\"}")
                .post(path)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:storyline:problem:idempotency-key-reused"));
        for (String stale : List.of("\"7\"", "\"7\", \"8\"", "W/\"1\"", "\"abc\"")) {
            request()
                    .header("If-Match", stale)
                    .body("{\"wish\": \"a kite\"}")
                    .post(path)
                    .then()
                    .statusCode(412);
        }
        request().get("/wishes/streams/child%23fay").then().body("version", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /wishes/children/bad/wishes | {\"wish\":            | 400 | is not valid JSON",
                "POST | /wishes/children/bad/wishes | {\"wish\": 5}         | 400 | 'wish' must be text",
                "POST | /wishes/children/bad/wishes | {}                    | 400 | 'wish' is missing",
                "POST | /wishes/children/bad/wishes | []                    | 400 | must be a JSON object",
                "POST | /wishes/children/bad/wishes | {\"wish\":\"a\",\"x\":1} | 400 | 'x' is not known",
                "POST | /wishes/children/bad/wishes | {\"wish\":\" \"}      | 422 | A wish says",
                "POST | /wishes/children/%20/wishes | {\"wish\":\"a\"}      | 400 | must not be blank",
                "POST | /wishes/children/a%23b/wishes | {\"wish\":\"a\"}    | 400 | must not contain '#'",
                "POST | /wishes/children/a%0Ab/wishes | {\"wish\":\"a\"}    | 400 | control characters",
                "POST | /wishes/children/a%FFb/wishes | {\"wish\":\"a\"}    | 400 | percent-encoded",
                "POST | /wishes/children/bad/mark-naughty | {\"until\":\"tomorrow\"} | 400 | must be an instant",
                "POST | /wishes/children/bad/mark-naughty | {\"until\":1234}  | 400 | must be an instant",
                "POST | /wishes/children/bad/wishes/none/cancel | ``        | 404 | no such open wish",
                "PUT  | /wishes/children/bad/wishes | {}                    | 404 | takes POST, not PUT",
                "GET  | /wishes/nowhere             | ``                    | 404 | No slice serves",
                "GET  | /wishes/children/bad        | ``                    | 404 | nothing to see",
                "GET  | /wishes/children/bad?color=red | ``                 | 400 | 'color' is not known",
                "GET  | /wishes/children/bad?atLeast=x | ``                 | 400 | 'atLeast' must be",
                "GET  | /wishes/streams/child       | ``                    | 400 | must be a category",
                "POST | /wishes/children/bad/wishes | {\"wish\":\"\\ud800\"} | 400 | half of a surrogate pair",
                "POST | /wishes/children/bad/wishes | {\"wish\":\"a\\u0000\"} | 400 | control characters",
                "POST | /wishes/children/bad/wishes | {\"wish\":1e-2147483648} | 400 | The body",
                "POST | /wishes/children/bad/wishes | {\"wish\":1e99999999999} | 400 | The body",
                "POST | /wishes/children/a%2Fb/wishes | {\"wish\":\"a\"} | 400 | must not contain '/'",
                "POST | /wishes/children/a%252Fb/wishes | {\"wish\":\"a\"} | 400 | must not contain '%'",
                "POST | /wishes/children/bad%20/wishes | {\"wish\":\"a\"} | 400 | begin or end with a space",
                "POST | /wishes/children/ba%E2%80%8Bd/wishes | {\"wish\":\"a\"} | 400 | invisible characters",
                "POST | /wishes/children/bad/mark-naughty | {\"until\":\"1772348400000\"} | 400 | must be an instant",
                "POST | /wishes/children/bad/mark-naughty | {\"until\":\"+1000000000-12-31T00:00:00Z\"} | 400 | must be an instant",
                "POST | /wishes/children/bad/mark-naughty | {\"until\":\"3000-01-01T00:00:00Z\"} | 400 | must be between",
                "GET  | /wishes/children/bad?after=wish%23000000000001 | `` | 400 | must be the 'next'",
                "GET  | /wishes/naughty-list?after=a&after=b | ``           | 400 | is given twice",
                "GET  | /wishes/children/bad?atLeast=child%23bad@1&atLeast=child%23bad@2 | `` | 400 | is given twice"
            })
    void bad_input_is_a_problem_document_and_changes_nothing(
            String method, String path, String body, int status, String detail) {
        request()
                .body(body)
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", containsString(detail));
        request().get("/wishes/streams/child%23bad").then().statusCode(404);
    }

    @Test
    void a_body_with_a_content_encoding_is_not_taken_for_bad_json() {
        request()
                .header("Content-Encoding", "gzip")
                .body("not JSON, since it is packed")
                .post("/wishes/children/bad/wishes")
                .then()
                .statusCode(415)
                .header("Accept-Encoding", "identity")
                .body("type", equalTo("urn:storyline:problem:media-type"));
        request().get("/wishes/streams/child%23bad").then().statusCode(404);
    }

    @Test
    void a_cursor_leads_to_the_next_page_of_its_own_query_only_and_only_unchanged() {
        for (String child : List.of("liv", "lou")) {
            wish(child, "a kite").statusCode(201);
            wish(child, "a drum").statusCode(201);
        }
        String list = "/wishes/children/liv?limit=1&atLeast=child%23liv@2";
        String next = request()
                .get(list)
                .then()
                .statusCode(200)
                .body("wishes.wish", equalTo(List.of("a kite")))
                .extract()
                .path("next");
        request()
                .get(list + "&after=" + next)
                .then()
                .statusCode(200)
                .body("wishes.wish", equalTo(List.of("a drum")))
                .body("next", nullValue());
        String other = (next.charAt(0) == 'A' ? "B" : "A") + next.substring(1);
        for (String refused : List.of(
                list + "&after=" + other,
                list + "&after=" + next + "A",
                "/wishes/children/lou?limit=1&after=" + next,
                "/wishes/naughty-list?after=" + next)) {
            request().get(refused).then().statusCode(400).body("errors.field", equalTo(List.of("after")));
        }
    }

    @Test
    void a_cursor_of_any_length_is_never_a_fault_of_the_server() {
        for (String after : List.of("a".repeat(1_025), "a".repeat(9_000), "%F0%9F%98%80")) {
            request()
                    .get("/wishes/naughty-list?after=" + after)
                    .then()
                    .statusCode(400)
                    .body("detail", containsString("must be the 'next' of an answer to this query"));
        }
    }

    @Test
    void a_name_of_300_characters_and_a_body_of_10_megabytes_are_too_long() {
        wish("a".repeat(300), "a").statusCode(400).body("detail", containsString("at most 128 characters"));
        request()
                .body("a".repeat(10 * 1024 * 1024))
                .post("/wishes/children/bad/wishes")
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
        request()
                .body("{\"wish\": \"" + "a".repeat(300_000) + "\"}")
                .post("/wishes/children/bad/wishes")
                .then()
                .statusCode(413);
        wish("bad", "a".repeat(501)).statusCode(422).body("rule", equalTo("wish-too-long"));
    }

    @Test
    void a_query_waits_for_a_write_and_not_for_one_that_was_never_made() {
        wish("gil", "a sled").statusCode(201);
        request()
                .get("/wishes/children/gil?atLeast=child%23gil@1")
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
        request()
                .get("/wishes/children/gil?atLeast=child%23gil@5")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:storyline:problem:no-such-version"))
                .body("version", equalTo(1));
    }

    static {
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }
}
