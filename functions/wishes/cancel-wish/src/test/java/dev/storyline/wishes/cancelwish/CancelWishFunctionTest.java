package dev.storyline.wishes.cancelwish;

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
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "cancel-wish"))
class CancelWishFunctionTest {
    @Test
    void an_open_wish_is_cancelled_once_and_then_not_found() {
        SliceTables.edge()
                .events()
                .append(LambdaEvents.commit(
                        Wishes.LANGUAGE,
                        Wishes.stream(new ChildId("ann")),
                        1,
                        new WishApproved(new WishId("w1"), new ChildId("ann"), "a kite")));
        String event = LambdaEvents.post(Map.of("childId", "ann", "wishId", "w1"), "");
        given().body(event)
                .post()
                .then()
                .body("statusCode", equalTo(200))
                .body("body", containsString("\"type\":\"WishCancelled\""));
        given().body(event)
                .post()
                .then()
                .body("statusCode", equalTo(404))
                .body("body", containsString("\"rule\":\"wish-not-found\""));
    }
}
