package dev.storyline.wishes.publishnaughtiness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
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
        initArgs = @ResourceArg(name = "export", value = "publish-naughtiness-upkeep"))
class PublishNaughtinessFunctionTest {
    @Test
    void what_was_before_the_birth_stays_history_and_what_comes_after_becomes_public() {
        given().body("{\"do\": \"birth\"}").post().then().statusCode(200).body("birth", notNullValue());
        Sent sent = new Sent();
        PublishNaughtinessFunction function = new PublishNaughtinessFunction(SliceTables.edge(sent));
        var history = LambdaEvents.commit(
                Wishes.LANGUAGE,
                Wishes.stream(new ChildId("past")),
                1,
                new WishRejected(
                        new WishId("w1"), new ChildId("past"), "a gun", WishRejected.NAUGHTY_WISH, Instant.EPOCH));
        assertThat(function.feed(LambdaEvents.feed(history)).batchItemFailures())
                .isEmpty();
        assertThat(sent.events()).isEmpty();
        assertThat(sent.commands()).isEmpty();
        var live = LambdaEvents.commit(
                Wishes.LANGUAGE,
                LambdaEvents.AFTER_ANY_BIRTH,
                Wishes.stream(new ChildId("live")),
                1,
                new WishRejected(
                        new WishId("w1"), new ChildId("live"), "a gun", WishRejected.NAUGHTY_WISH, Instant.EPOCH));
        assertThat(function.feed(LambdaEvents.feed(live)).batchItemFailures()).isEmpty();
        assertThat(sent.events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("wishes.NaughtinessDetected.v1");
            assertThat(event.subject()).isEqualTo("child#live");
        });
    }
}
