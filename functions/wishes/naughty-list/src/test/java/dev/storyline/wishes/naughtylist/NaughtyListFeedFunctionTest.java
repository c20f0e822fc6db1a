package dev.storyline.wishes.naughtylist;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.ViewTable;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "naughty-list-feed"))
class NaughtyListFeedFunctionTest {
    @Test
    void a_batch_reaches_the_view_and_its_duplicate_changes_nothing() {
        StreamId stream = Wishes.stream(new ChildId("ann"));
        Commit first = LambdaEvents.commit(
                Wishes.LANGUAGE,
                stream,
                1,
                new BecameNaughty(new ChildId("ann"), Instant.parse("2999-01-01T00:00:00Z")));
        SliceTables.edge().events().append(first);
        for (int i = 0; i < 2; i++) {
            given().body(LambdaEvents.feed(first).toString())
                    .post()
                    .then()
                    .statusCode(200)
                    .body("batchItemFailures.size()", equalTo(0));
        }
        ViewTable view = SliceTables.edge().view("VIEW_TABLE", "naughty-list").consistent();
        assertEquals(1, view.head(stream).position());
    }
}
