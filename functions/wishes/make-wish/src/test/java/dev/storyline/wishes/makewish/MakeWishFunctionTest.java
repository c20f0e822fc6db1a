package dev.storyline.wishes.makewish;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "make-wish"))
class MakeWishFunctionTest {
    @Test
    void a_wish_is_approved_with_201_and_its_id() {
        given().body(LambdaEvents.post(Map.of("childId", "ann"), "{\"wish\": \"a kite\"}"))
                .post()
                .then()
                .statusCode(200)
                .body("statusCode", equalTo(201))
                .body("headers.etag", equalTo("\"1\""))
                .body("body", containsString("\"wishId\":"))
                .body("body", containsString("\"type\":\"WishApproved\""));
    }

    @Test
    void the_same_key_is_answered_from_the_stored_commit() {
        String event = LambdaEvents.http(
                Map.of("childId", "ben"), Map.of(), Map.of("idempotency-key", "key-1"), "{\"wish\": \"a drum\"}");
        String first =
                given().body(event).post().then().statusCode(200).extract().path("body");
        given().body(event).post().then().body("statusCode", equalTo(201)).body("body", equalTo(first));
    }

    @Test
    void a_naughty_wish_is_a_problem_with_its_rule_and_is_on_record() {
        given().body(LambdaEvents.post(Map.of("childId", "cat"), "{\"wish\": \"a BOMB\"}"))
                .post()
                .then()
                .body("statusCode", equalTo(422))
                .body("headers.'content-type'", equalTo("application/problem+json"))
                .body("body", containsString("\"rule\":\"naughty-wish\""))
                .body("body", containsString("\"type\":\"WishRejected\""));
    }

    @Test
    void what_cannot_be_read_is_named() {
        given().body(LambdaEvents.post(Map.of("childId", "dan"), "{\"wihs\": \"a ball\"}"))
                .post()
                .then()
                .body("statusCode", equalTo(400))
                .body("body", containsString("'wihs' is not known"))
                .body("body", containsString("'wish' is missing"));
    }
}
