package dev.storyline.wishes.marknaughty;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "mark-naughty"))
class MarkNaughtyFunctionTest {
    @Test
    void a_naughty_child_loses_its_open_wishes_in_the_same_commit() {
        SliceTables.edge()
                .events()
                .append(LambdaEvents.commit(
                        Wishes.LANGUAGE,
                        Wishes.stream(new ChildId("ann")),
                        1,
                        new WishApproved(new WishId("w1"), new ChildId("ann"), "a kite")));
        given().body(LambdaEvents.post(Map.of("childId", "ann"), "{\"until\": \"2999-01-01T00:00:00Z\"}"))
                .post()
                .then()
                .body("statusCode", equalTo(200))
                .body("headers.etag", equalTo("\"3\""))
                .body("body", containsString("\"type\":\"BecameNaughty\""))
                .body("body", containsString("\"type\":\"WishCancelled\""));
    }

    @Test
    void a_date_that_is_no_instant_is_named() {
        given().body(LambdaEvents.post(Map.of("childId", "ann"), "{\"until\": \"tomorrow\"}"))
                .post()
                .then()
                .body("statusCode", equalTo(400))
                .body("body", containsString("must be an instant"));
    }
}
