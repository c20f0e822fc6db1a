package dev.storyline.wishes.fulfilwish;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Wish;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "fulfil-wish"))
class FulfilWishFunctionTest {
    @Test
    void a_wish_is_found_by_its_id_alone_and_fulfilled_once() {
        SliceTables.edge()
                .events()
                .append(LambdaEvents.commit(
                        Wishes.LANGUAGE,
                        Wishes.stream(new ChildId("ann")),
                        1,
                        new WishApproved(new WishId("w1"), new ChildId("ann"), "a kite")));
        SliceTables.edge()
                .dynamo()
                .putItem(request -> request.tableName(
                                SliceTables.edge().settings().require("WISH_BY_ID_TABLE"))
                        .item(Map.of(
                                "pk",
                                        AttributeValue.fromS(
                                                Wish.key(new WishId("w1")).partition()),
                                "sk",
                                        AttributeValue.fromS(
                                                Wish.key(new WishId("w1")).sort()),
                                "wishId", AttributeValue.fromS("w1"),
                                "childId", AttributeValue.fromS("ann"),
                                "wish", AttributeValue.fromS("a kite"),
                                "state", AttributeValue.fromS("open"))));
        String event = LambdaEvents.post(Map.of("wishId", "w1"), "{}");
        given().body(event)
                .post()
                .then()
                .body("statusCode", equalTo(200))
                .body("body", containsString("\"type\":\"WishFulfilled\""));
        given().body(event)
                .post()
                .then()
                .body("statusCode", equalTo(422))
                .body("body", containsString("\"rule\":\"wish-not-open\""));
    }

    @Test
    void a_wish_that_nobody_made_is_not_found() {
        given().body(LambdaEvents.post(Map.of("wishId", "w9"), "{}"))
                .post()
                .then()
                .body("statusCode", equalTo(404))
                .body("body", containsString("\"rule\":\"wish-not-found\""));
    }
}
