package dev.storyline.wishes.naughtylist;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "naughty-list"))
class NaughtyListQueryFunctionTest {
    @Test
    void the_list_has_who_is_naughty_and_until_when() {
        StreamId stream = Wishes.stream(new ChildId("ann"));
        Commit first = LambdaEvents.commit(
                Wishes.LANGUAGE,
                stream,
                1,
                new BecameNaughty(new ChildId("ann"), Instant.parse("2999-01-01T00:00:00Z")));
        SliceTables.edge().events().append(first);
        FeedEndpoint.of(SliceTables.edge(), Wishes.LANGUAGE, new NaughtyListProjection())
                .handle(LambdaEvents.feed(first));
        given().body(LambdaEvents.get(Map.of()))
                .post()
                .then()
                .body("statusCode", equalTo(200))
                .body("body", containsString("{\"childId\":\"ann\",\"until\":\"2999-01-01T00:00:00Z\"}"));
    }
}
