package dev.storyline.logistics.deliverpresent;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "deliver-present"))
class DeliverPresentFunctionTest {
    @Test
    void an_ordered_present_is_delivered_once() {
        SliceTables.edge()
                .events()
                .append(LambdaEvents.commit(
                        Logistics.LANGUAGE,
                        Logistics.stream(new WishId("w1")),
                        1,
                        new PresentOrdered(new WishId("w1"), new ChildId("ann"), "a kite")));
        String event = LambdaEvents.post(Map.of("wishId", "w1"), "");
        given().body(event)
                .post()
                .then()
                .body("statusCode", equalTo(200))
                .body("body", containsString("\"type\":\"PresentDelivered\""))
                .body("body", containsString("\"childId\":\"ann\""));
        given().body(event)
                .post()
                .then()
                .body("statusCode", equalTo(422))
                .body("body", containsString("\"rule\":\"already-delivered\""));
    }

    @Test
    void an_order_that_never_came_is_not_found() {
        given().body(LambdaEvents.post(Map.of("wishId", "w9"), ""))
                .post()
                .then()
                .body("statusCode", equalTo(404))
                .body("body", containsString("\"rule\":\"order-not-found\""));
    }
}
