package dev.storyline.wishes.wishbyid;

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
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "wish-by-id"))
class WishByIdQueryFunctionTest {
    @Test
    void a_wish_is_served_by_its_id() {
        StreamId stream = Wishes.stream(new ChildId("ann"));
        Commit first = LambdaEvents.commit(
                Wishes.LANGUAGE, stream, 1, new WishApproved(new WishId("w1"), new ChildId("ann"), "a kite"));
        SliceTables.edge().events().append(first);
        FeedEndpoint.of(SliceTables.edge(), Wishes.LANGUAGE, new WishByIdProjection())
                .handle(LambdaEvents.feed(first));
        given().body(LambdaEvents.get(Map.of("wishId", "w1")))
                .post()
                .then()
                .body("statusCode", equalTo(200))
                .body("body", containsString("\"childId\":\"ann\""));
        given().body(LambdaEvents.get(Map.of("wishId", "w2"))).post().then().body("statusCode", equalTo(404));
    }
}
