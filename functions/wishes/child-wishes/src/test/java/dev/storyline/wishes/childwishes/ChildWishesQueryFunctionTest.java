package dev.storyline.wishes.childwishes;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "child-wishes"))
class ChildWishesQueryFunctionTest {
    @Test
    void a_child_is_served_from_the_view_and_from_its_own_stream_alike() {
        StreamId stream = Wishes.stream(new ChildId("ann"));
        Commit first = LambdaEvents.commit(
                Wishes.LANGUAGE, stream, 1, new WishApproved(new WishId("w1"), new ChildId("ann"), "a kite"));
        SliceTables.edge().events().append(first);
        FeedEndpoint.of(SliceTables.edge(), Wishes.LANGUAGE, new ChildWishesProjection())
                .handle(LambdaEvents.feed(first));
        String live = given().body(
                        LambdaEvents.http(Map.of("childId", "ann"), Map.of("atLeast", "child#ann@1"), Map.of(), null))
                .post()
                .then()
                .body("statusCode", equalTo(200))
                .body("body", containsString("\"wish\":\"a kite\",\"state\":\"open\""))
                .extract()
                .path("body");
        given().body(LambdaEvents.http(Map.of("childId", "ann"), Map.of("consistency", "strong"), Map.of(), null))
                .post()
                .then()
                .body("body", equalTo(live));
    }

    @Test
    void a_write_that_has_not_arrived_is_said_plainly() {
        SliceTables.edge()
                .events()
                .append(LambdaEvents.commit(
                        Wishes.LANGUAGE,
                        Wishes.stream(new ChildId("bob")),
                        1,
                        new WishApproved(new WishId("w2"), new ChildId("bob"), "a drum")));
        given().body(LambdaEvents.http(Map.of("childId", "bob"), Map.of("atLeast", "child#bob@1"), Map.of(), null))
                .post()
                .then()
                .body("statusCode", equalTo(503))
                .body("headers.'retry-after'", equalTo("1"))
                .body("body", containsString("view-behind"));
    }

    @Test
    void a_child_that_nobody_heard_of_is_not_found() {
        given().body(LambdaEvents.get(Map.of("childId", "zoe"))).post().then().body("statusCode", equalTo(404));
    }
}
