package dev.storyline.wishes.streamstory;

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
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "stream-story"))
class StreamStoryFunctionTest {
    @Test
    void the_recorded_story_is_told_in_order() {
        SliceTables.edge()
                .events()
                .append(LambdaEvents.commit(
                        Wishes.LANGUAGE,
                        Wishes.stream(new ChildId("ann")),
                        1,
                        new WishApproved(new WishId("w1"), new ChildId("ann"), "a kite")));
        given().body(LambdaEvents.get(Map.of("streamId", "child#ann")))
                .post()
                .then()
                .body("statusCode", equalTo(200))
                .body("body", containsString("\"type\":\"WishApproved\",\"version\":1"))
                .body("body", containsString("\"actor\":\"tester\""));
        given().body(LambdaEvents.get(Map.of("streamId", "child#zoe")))
                .post()
                .then()
                .body("statusCode", equalTo(404));
    }

    @Test
    void a_name_that_is_no_stream_is_named() {
        given().body(LambdaEvents.get(Map.of("streamId", "child")))
                .post()
                .then()
                .body("statusCode", equalTo(400));
    }
}
