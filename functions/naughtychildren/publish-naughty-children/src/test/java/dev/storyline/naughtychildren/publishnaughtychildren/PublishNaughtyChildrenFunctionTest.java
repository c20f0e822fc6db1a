package dev.storyline.naughtychildren.publishnaughtychildren;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import dev.storyline.contexts.naughtychildren.ChildId;
import dev.storyline.contexts.naughtychildren.Listing.ChildListed;
import dev.storyline.contexts.naughtychildren.NaughtyChildren;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Sent;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = SliceTables.class,
        initArgs = @ResourceArg(name = "export", value = "publish-naughty-children-upkeep"))
class PublishNaughtyChildrenFunctionTest {
    @Test
    void what_was_before_the_birth_stays_history_and_what_comes_after_becomes_public() {
        given().body("{\"do\": \"birth\"}").post().then().statusCode(200).body("birth", notNullValue());
        Sent sent = new Sent();
        PublishNaughtyChildrenFunction function = new PublishNaughtyChildrenFunction(SliceTables.edge(sent));
        var history = LambdaEvents.commit(
                NaughtyChildren.LANGUAGE,
                NaughtyChildren.stream(new ChildId("past")),
                1,
                new ChildListed(new ChildId("past"), Instant.EPOCH));
        assertThat(function.feed(LambdaEvents.feed(history)).batchItemFailures())
                .isEmpty();
        assertThat(sent.events()).isEmpty();
        assertThat(sent.commands()).isEmpty();
        var live = LambdaEvents.commit(
                NaughtyChildren.LANGUAGE,
                LambdaEvents.AFTER_ANY_BIRTH,
                NaughtyChildren.stream(new ChildId("live")),
                1,
                new ChildListed(new ChildId("live"), Instant.EPOCH));
        assertThat(function.feed(LambdaEvents.feed(live)).batchItemFailures()).isEmpty();
        assertThat(sent.events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("naughtychildren.ChildAddedToNaughtyList.v1");
            assertThat(event.subject()).isEqualTo("naughty-child#live");
        });
    }
}
